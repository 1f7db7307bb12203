"""Conflict detectors, ranking, adherence."""
