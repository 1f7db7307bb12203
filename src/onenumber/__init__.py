"""OneNumber: one plan that everyone signs."""
