"""When the exchanges trade."""
