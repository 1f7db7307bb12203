"""What an edit would do, shown before it is typed: beside the planning grid and in the workbench."""
