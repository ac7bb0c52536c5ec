"""Channels to people, over apprise, which only ever runs in a short-lived process of its own."""
