"""Brokers' files: previewed, applied as one batch, and so reversed as one."""
