"""What is not told: a frozen portfolio's, and a failure after a failure. What stands before it in the log says so."""

from typing import LiteralString

from domain.notifications.notification import OF_THE_FREEZE
from projections.freezes import was_frozen
from projections.run_ends import had_failed

NOT_SILENCED = ", ".join(f"'{kind}'" for kind in OF_THE_FREEZE)


def is_silent(told: LiteralString) -> LiteralString:
    """SQL that says so of ``told``, which has event_number, portfolio_id, kind and series of a notification."""
    frozen = was_frozen(f"{told}.portfolio_id", f"{told}.event_number")
    failed = had_failed(f"{told}.series", f"{told}.event_number")
    return f"({told}.kind not in ({NOT_SILENCED}) and {frozen} or {told}.series is not null and {failed})"
