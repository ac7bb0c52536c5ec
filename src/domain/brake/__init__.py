"""The daily-loss brake: how much a portfolio has lost since the previous close, and whether that is too much."""
