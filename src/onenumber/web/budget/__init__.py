"""The budget: where each line of the year lands, how far from its budget, and the tolerance that executives set."""
