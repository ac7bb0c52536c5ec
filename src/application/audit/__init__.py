"""What is kept outside of the database, so that it can be held against it."""
