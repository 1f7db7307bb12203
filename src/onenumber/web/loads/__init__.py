"""Data in: loads, their progress and findings."""
