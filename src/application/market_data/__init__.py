"""Prices from providers: whom a portfolio asks, and asking them."""
