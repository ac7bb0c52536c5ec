"""Notifications on their way out of the house."""
