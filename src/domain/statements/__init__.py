"""Brokers' statements: what their rows say, and which entries follow from them (DOMAIN §6)."""
