"""Take in data that others keep."""
