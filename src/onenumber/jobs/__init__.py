"""Runs steps by name: queue, progress, cancel, play."""
