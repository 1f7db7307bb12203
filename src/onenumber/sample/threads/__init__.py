"""The stories of the model company: each changes what is wanted, made or bought, and states its true numbers."""
