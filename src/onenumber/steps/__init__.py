"""One module per verb of the month."""
