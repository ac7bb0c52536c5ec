"""What is true: pure values and functions. No clock, no input or output, no framework."""
