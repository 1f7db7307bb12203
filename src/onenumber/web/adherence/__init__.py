"""Who kept the plan: owner by month, what was answered, and what the figure did since."""
