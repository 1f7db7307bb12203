"""The family page: demand, supply, inventory or backlog, and service of one place, three months back to the horizon."""
