"""The same deeds, by clock. A job is a module with NAME, EVERY and `run(at)`; each may run twice at once without harm."""
