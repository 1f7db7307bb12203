"""One page from forecast to schedule: a place by month, with a link to the page of each figure."""
