"""Why last month's sales left the plan: a bridge that adds up, what was said of it, and whether that came true."""
