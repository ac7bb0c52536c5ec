"""Files that brokers let their customers download, each layout known by its header, never by its position."""
