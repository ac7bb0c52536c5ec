"""The HTTP door: one router a file, and what all of them share beside them."""
