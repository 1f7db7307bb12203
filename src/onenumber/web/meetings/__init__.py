"""The four meetings: last time's actions first, what is to be decided, and minutes that write themselves."""
