"""What the bench's database holds, besides a million people: who works there, a directory, and what was done in three years."""
