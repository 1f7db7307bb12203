"""The pages people use, and the typed boundary (`Source`) between them and the steps."""
