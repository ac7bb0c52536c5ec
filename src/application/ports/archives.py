"""Texts that are kept by the hash of their content."""

from typing import Protocol


class Archives(Protocol):
    """Policies and manifestos as they were given; what is kept under a hash never changes."""

    def keep(self, content_hash: str, text: str) -> None:
        """Keep a text; the same again is already so."""

    def text(self, content_hash: str) -> str | None:
        """The text of a hash, None when it was never kept."""
