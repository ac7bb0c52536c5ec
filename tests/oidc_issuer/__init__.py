"""A hand-written issuer over a real socket: discovery, keys, and the code flow, as strict as a good one is."""
