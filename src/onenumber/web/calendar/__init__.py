"""The calendar of a cycle: milestones, gates and what they wait for, signatures, waivers, and re-opening."""
