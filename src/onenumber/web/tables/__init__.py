"""A plain table of a page: heads, rows whose first cell names them, cells that may be links, and what can be done."""
