"""Task runs: everything that acts by itself or on request, with its trigger, its input and its end (DOMAIN §9)."""
