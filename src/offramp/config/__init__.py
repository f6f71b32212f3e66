"""Settings and addresses: which place, which database, which channels."""
