"""How long processors were busy for some processes: a busy machine stretches it far less than the time that passes.

It is read from ``/proc``, in hundredths of a second. Where there is none, or the server runs elsewhere, it is zero.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from api.wiring import House

PROC = Path("/proc")
PARENT, USER, SYSTEM = 1, 11, 12
"""Where they stand in ``stat`` after the program's name, which may hold anything."""


def busy_seconds(process_ids: Iterable[int]) -> float:
    """What the processes have used since they began."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(sum(_stat(each, USER, SYSTEM)) for each in process_ids) / ticks


def server_processes(house: House) -> list[int]:
    """The database server's processes, this house's session among them."""
    with house.pool.connection() as connection:
        own = connection.info.backend_pid
    [parent] = _stat(own, PARENT)
    return [] if not parent else [each for each in _processes() if _stat(each, PARENT) == [parent]]


def _processes() -> list[int]:
    return [int(each.name) for each in PROC.iterdir() if each.name.isdigit()] if PROC.is_dir() else []


def _stat(process_id: int, *fields: int) -> list[int]:
    with suppress(OSError):
        told = (PROC / str(process_id) / "stat").read_text().rpartition(")")[2].split()
        return [int(told[each]) for each in fields]
    return [0 for _ in fields]
