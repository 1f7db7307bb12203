"""Everything that anybody can reach, walked as everybody: nothing beyond role and scope is seen or written."""
