"""The chain over the log, and the proof that nothing in the log or beside it was changed."""
