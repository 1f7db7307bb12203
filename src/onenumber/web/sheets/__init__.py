"""The sheets of a cycle, and what each was made from."""
