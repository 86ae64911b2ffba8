"""The slides of a pack: their base, what fits on one, and what stands on it."""
