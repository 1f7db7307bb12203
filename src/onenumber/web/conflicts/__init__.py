"""Conflicts of a review: what each puts at risk, and its options side by side, weighed as whole plans."""
