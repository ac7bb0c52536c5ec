"""Advice of an automatic portfolio, carried out by orders."""
