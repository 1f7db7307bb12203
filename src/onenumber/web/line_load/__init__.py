"""How full each line is, whether that can be made, and what fills a month of it."""
