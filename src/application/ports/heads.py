"""Where heads of the audit chain are kept outside of the database."""

from collections.abc import Sequence
from typing import Protocol

from domain.audit.chain import Head
from domain.refusals import Refusal


class BrokenHeads(Refusal):
    """What is kept cannot be read as heads; the text says where."""

    kind = "broken-heads"


class Heads(Protocol):
    """Heads in the order in which they were kept. None is ever changed or taken away."""

    def latest(self) -> Head | None:
        """The last one, None while there is none."""

    def all(self) -> Sequence[Head]:
        """Every one. Raises BrokenHeads."""

    def keep(self, head: Head) -> None:
        """Keep one more, for good once this returns; one that is not after the last is kept already."""
