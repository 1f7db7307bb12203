"""Parameters that are no longer true: evidence, how much of it, the money it means, and accepting it row by row."""
