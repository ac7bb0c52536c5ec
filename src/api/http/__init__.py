"""The HTTP door (API.md): one router a file, and what all of them share beside them."""
