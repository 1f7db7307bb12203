"""Role x scope x phase: may and mask, asked here and nowhere else."""
