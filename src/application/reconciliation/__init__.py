"""Our books beside the broker's: compared, adopted, and said where they differ."""
