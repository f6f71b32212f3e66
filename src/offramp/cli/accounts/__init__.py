"""Look after accounts from the machine itself: the first administrator, and one who is locked out."""
