"""What is on every page: the cycle bar, navigation, search, keys."""
