"""Offramp: police-led pre-arrest diversion."""

__version__ = "0.1.0"
