"""Exports: ask for one, and write it as the work of a run."""
