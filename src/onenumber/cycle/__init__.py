"""Phases, gates, signatures: pure functions over frozen records."""
