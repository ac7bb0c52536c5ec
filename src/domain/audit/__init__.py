"""What proves that the log is what it was, and that its decisions follow from it."""
