"""Look at what waits, a page at a time and each in its turn: what nobody attends to takes no place from the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class InTurns(Generic[T]):
    """``page`` answers up to so many of what waits after a number, each with its own, in their order."""

    page: Callable[[int, int], Sequence[tuple[int, T]]]
    size: int
    _after: int = 0

    def __call__(self) -> Sequence[T]:
        """The next page; behind the last one comes the first again."""
        found = self.page(self._after, self.size)
        self._after = found[-1][0] if len(found) == self.size else 0
        return [each for _, each in found]

    @property
    def is_over(self) -> bool:
        """Whether the page was the last one: everything that waits has had its turn."""
        return not self._after
