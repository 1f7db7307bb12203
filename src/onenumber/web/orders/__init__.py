"""The order book: what customers and vendors owe each other's days, what comes first, and what to send to whom."""
