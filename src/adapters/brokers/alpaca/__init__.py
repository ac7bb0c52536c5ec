"""Alpaca: one account over its REST API and its stream of trade updates, through its own SDK."""
