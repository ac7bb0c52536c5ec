"""What importing brokers' files needs from outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.statements.identity import Booked
from domain.statements.proposal import BooksNow
from domain.statements.statement import Statement

ReadStatement = Callable[[bytes], Statement]
"""What a file says, its layout recognised by its header. Raises Invalid, field ``file``, for one that is broken."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read and shown, and not booked; ``books_at`` is the last event that had moved the books then."""

    import_id: UUID
    portfolio_id: UUID
    file_name: str
    sha256: str
    statement: Statement
    books_at: int


class Previews(Protocol):
    """Previews as they were made, with every row as it stood in the file."""

    def keep(self, preview: Preview) -> None:
        """Keep a preview; the same again takes its place."""

    def find(self, portfolio_id: UUID, import_id: UUID) -> Preview | None:
        """A portfolio's preview."""


class ImportedBooks(Protocol):
    """What a file is compared with. None of it is ever behind."""

    def now(self, portfolio_id: UUID) -> BooksNow:
        """How a portfolio's books stand."""

    def imported(self, portfolio_id: UUID, keys: Sequence[str]) -> Mapping[str, str]:
        """What those of some rows said that were imported and not reversed, by their keys."""

    def booked(self, portfolio_id: UUID, references: Sequence[str]) -> Mapping[str, Booked]:
        """What stands in the books under these references and was not imported: posted, marked executed, or traded."""

    def remembered(self, portfolio_id: UUID, securities: Sequence[str]) -> Mapping[str, UUID]:
        """The listings that securities of files stood for when rows of them were imported last."""

    def candidates(
        self, isins: Sequence[str], symbols: Sequence[str], titles: Sequence[str]
    ) -> Mapping[UUID, str | None]:
        """Listings that trade and go by any of these, each with its ISIN or its instrument's."""
