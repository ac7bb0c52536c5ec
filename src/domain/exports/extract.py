"""What an export is of: sheets, whose rows are told one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from domain.audit.chain import End
from domain.exports.columns import Column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to be: how many rows it will have, and the rows, each a record in UTF-8 that ends with a newline.

    That is a line of JSON where the form wants lines, else a record of CSV. There null is nothing, empty text is
    ``""``, and text that a spreadsheet would take for a formula has a quote before it where the form wants that.
    """

    name: str
    columns: Sequence[Column]
    count: int
    rows: Callable[[], AbstractContextManager[Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything that an export is of, as it stood at one moment: nothing after the event at which the chain ends.

    ``whole_log`` says that no event between the first and that one is missing from it.
    """

    sheets: Sequence[Sheet]
    end: End
    whole_log: bool
