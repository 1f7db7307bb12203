"""A guide of one page for each role: what is waited for from her, her month, and what to do when it goes wrong."""
