"""A language model's opinion, asked for after a decision is stored and read by none (DOMAIN §8)."""
