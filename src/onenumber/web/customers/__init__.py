"""A customer before a visit, the orders to confirm, and news."""
