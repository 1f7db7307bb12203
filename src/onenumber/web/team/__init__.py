"""The sales team: where each patch stands, what moved and why, and what a person's figures were worth."""
