"""Prices on their way in, and what becomes of those that the gate stops."""
