"""Where somebody's work of today is, by what they are."""
