"""The watch for what does not come: prices that grow old, closes that stay away, rates that nobody renews."""
