"""OpenID Connect: an issuer found by discovery, its keys, its code flow, and the tokens it gives."""
