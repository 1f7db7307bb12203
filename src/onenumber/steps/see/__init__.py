"""Reading for pages and commands: each function asks rights and returns plain records."""
