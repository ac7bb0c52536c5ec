"""Models that are asked for an opinion."""
