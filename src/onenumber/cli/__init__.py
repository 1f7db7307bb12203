"""One command per step."""
