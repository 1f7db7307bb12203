"""What every step stands on: who asks and when, what was read and pinned, how the result is written."""
