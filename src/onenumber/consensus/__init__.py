"""Forecast and inputs to Consensus: layers, split and lock rules."""
