"""Carrying out a line of advice by an order: how much of it still fits, and what its position begins and ends with."""
