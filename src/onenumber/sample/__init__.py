"""The model company: seed and as-of date to the tables of the data contract."""
