"""The workbench of the demand planner: what is worth looking at first, its series, why, and what to do about it."""
