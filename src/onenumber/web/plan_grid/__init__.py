"""The planning grid: a layer of demand, typed in by place and month."""
