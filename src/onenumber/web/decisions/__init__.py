"""Decision papers: what each asks, what every option costs and brings, and the decision in its place."""
