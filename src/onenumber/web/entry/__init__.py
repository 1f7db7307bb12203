"""My customers: what a salesperson enters, line by line, and how she hands it in."""
