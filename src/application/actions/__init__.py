"""Corporate actions: announced, and settled before any price of after them is decided."""
