"""The executive's one page: what worked, what is asked, where the year lands, what changed, who kept the plan."""
