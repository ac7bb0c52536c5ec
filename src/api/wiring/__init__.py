"""The composition root: every object of a process, built once, by hand."""

from api.wiring.house import House
from api.wiring.outside import utc_now

__all__ = ["House", "utc_now"]
