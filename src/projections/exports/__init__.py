"""Exports: what was asked for and written, and the rows that go into each kind of file."""

from projections.exports.asked import READ_MODEL, one, page, written_before

__all__ = ["READ_MODEL", "one", "page", "written_before"]
