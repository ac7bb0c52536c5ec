"""How a row is known again: in its own file, in other files, and in books that were kept without files (DOMAIN §6)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.numbers import shortest
from domain.portfolio.events import ImportedRow
from domain.statements.statement import Row, Statement

ONLY = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """What a row is stored under, and the name under which releases before accounts counted may have stored it."""

    row: ImportedRow
    former: str

    @property
    def names(self) -> tuple[str, str]:
        """Both of them."""
        return self.row.key, self.former

    def said_before(self, known: Mapping[str, str]) -> Sequence[str]:
        """What imported rows of these names said, ``known`` by their names."""
        return [known[name] for name in self.names if name in known]


@dataclass(frozen=True, slots=True)
class Booked:
    """What stands in the books under a reference and came from no file, entries of one reference taken together.

    ``cash`` is what came or went, fees and tax included; ``listing_ids`` are those whose units moved. Of times it says
    nothing: people round them, and tell them in their own zone.
    """

    kinds: frozenset[str]
    listing_ids: frozenset[UUID]
    quantity: Decimal
    cash: Decimal

    def is_part_of(self, other: "Booked") -> bool:
        """Whether it is the same units and money, and the other is of its kind among others, such as a fee."""
        moved = (self.listing_ids, self.quantity, self.cash)
        return self.kinds <= other.kinds and moved == (other.listing_ids, other.quantity, other.cash)

    def told(self, currency: str) -> str:
        """It, in words."""
        units = f", {shortest(self.quantity)} units" if self.quantity else ""
        return f"{' and '.join(sorted(self.kinds))}{units}, {self.cash:+} {currency}"


def identities(statement: Statement) -> dict[int, Identity]:
    """By line, how a row is known in whichever file it stands: by account and reference, else by what it says.

    Equal ones are told apart by counting: the second of two equal rows is another row, in every file the same. Rows of
    one reference are one where the broker gives each its own.
    """
    names, formers = Counter[str](), Counter[str]()
    found: dict[int, Identity] = {}
    for row in statement.rows:
        account = f"{row.account}:" if row.account else ""
        said = row.reference or row.content
        name, former = f"{statement.profile}:{account}{said}", f"{statement.profile}:{said}"
        names[name] += 1
        formers[former] += 1
        place = ONLY if is_unique(statement, row) else names[name]
        called = row.security.called if row.security else None
        known_as = ImportedRow(key=f"{name}#{place}", content=row.content, security=called)
        found[row.line] = Identity(known_as, f"{former}#{formers[former]}")
    return found


def is_unique(statement: Statement, row: Row) -> bool:
    """Whether no other row has this one's reference."""
    return statement.references_are_unique and row.reference is not None
