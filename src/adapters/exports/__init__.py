"""Exported files: how they are written, where they are put, and how one that left is read again."""
