"""Decision papers: which conflicts become one, what may be chosen, what each option means, and what was chosen."""
