"""What proves that the log is what it was, and that its decisions follow from it (PRODUCT, promises 1 and 5)."""
