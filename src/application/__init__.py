"""What is done: use cases of three sentences (load, decide, append), and the ports they need."""
