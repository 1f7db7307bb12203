"""The outlook of bought materials: what runs short when, who sells it, who waits for it."""
