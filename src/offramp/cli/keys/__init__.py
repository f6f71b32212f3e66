"""Look after the keys."""
