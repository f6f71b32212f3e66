"""The cast of a demo, one tap away. On a database marked as a demo, from this machine, and nowhere else."""
