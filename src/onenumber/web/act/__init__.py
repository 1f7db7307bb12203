"""Doing a step from a page: what settles an open point, the form of it, and what became of it."""
