"""What is shown: one read model a file, and the one way in which they are written, followed and rebuilt."""
