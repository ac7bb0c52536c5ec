"""The watch for what is missing: looks once a minute, calls a person once, and says when it is over."""
