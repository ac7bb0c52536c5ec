"""Task runs: ask for one, carry it out once, find again what was left undone (DOMAIN §9)."""
