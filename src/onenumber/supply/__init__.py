"""Consensus and network to SupplyPlan: network, constraints, solve, check, explain, options."""
