"""The pieces pages are made of: values that say what is on a screen, and the template tags that draw them.

The gallery at /design/ shows each one; its template begins with what it takes.
"""
