"""Messages: one digest a person a day."""
