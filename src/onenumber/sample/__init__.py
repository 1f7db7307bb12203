"""The model company: seed and as-of date to the tables of the data contract, as they stood on any day.

Chance moves noise only: the company, its customers, its network and its threads are the same whatever the seed.
"""
