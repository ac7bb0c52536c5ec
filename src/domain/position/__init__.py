"""The position: shares and their own bucket of cash, an anchor, and at most one open order."""
