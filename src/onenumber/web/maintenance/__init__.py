"""Maintenance windows: where each may go, and what moving it brings."""
