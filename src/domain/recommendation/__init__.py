"""A recommendation: what a run advised, and what a person did with it. It never moves money itself (DOMAIN §8)."""
