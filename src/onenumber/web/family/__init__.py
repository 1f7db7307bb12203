"""The family page: one family, division or the company, three months back to the end of the horizon."""
