"""Safety stock, lead times, vendor scorecard, order review."""
