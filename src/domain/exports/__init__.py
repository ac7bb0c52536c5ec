"""Exports: what of the books and the log somebody takes elsewhere, where to, and how its columns are typed."""
