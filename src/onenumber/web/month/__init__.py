"""My month: what waits for a person, by when, what changed since she last looked, and her figures."""
