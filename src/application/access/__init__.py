"""Signing in, and what lets a person's programs in."""
