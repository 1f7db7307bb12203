"""A folder per screen, and the typed API."""
