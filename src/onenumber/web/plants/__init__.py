"""The plan handed to each plant: what it is asked to make, and its answer."""
