"""The running month: how far orders, shipments, production and receipts are against the plan in force."""
