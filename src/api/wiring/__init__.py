"""The composition root: every object of a process, built once, by hand."""

from api.wiring.configured import utc_now
from api.wiring.house import House

__all__ = ["House", "utc_now"]
