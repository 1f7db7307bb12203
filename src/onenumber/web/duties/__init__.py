"""Who does what: duties, signatures and figures, each with its one accountable person."""
