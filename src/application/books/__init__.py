"""The books, where a person posts to them."""
