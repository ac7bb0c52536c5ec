"""What an export is asked to be, and what was written of it."""

from typing import Literal, get_args

from domain.events import Instant, Value

What = Literal["events", "ledger", "orders", "prices", "statement"]
Form = Literal["csv", "jsonl", "parquet"]

WHATS: tuple[What, ...] = get_args(What)
FORMS: tuple[Form, ...] = get_args(Form)

MANIFEST = "manifest.json"
"""The file beside an export's others, which says what they are; it is written last."""


class ExportWanted(Value):
    """What of one's own is written, how, and where to.

    From ``since`` on and before ``until``, without a bound where that is null: by the moment at which an event was
    stored, an entry was booked for, an order decided, a price made.
    """

    what: What
    form: Form
    since: Instant | None
    until: Instant | None
    destination: str


class ExportedFile(Value):
    """A file as it was written. ``rows`` is null for the manifest; the SHA-256 is in hexadecimal digits."""

    name: str
    rows: int | None
    size_bytes: int
    sha256: str
