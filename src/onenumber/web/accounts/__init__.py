"""Key accounts: what is new with each, or that nothing is."""
