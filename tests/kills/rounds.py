"""One replay from its beginning to its end while its processes are killed, alone or under ``ballast up``."""

import os
import random
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from kills.programs import (
    PATIENCE_SECONDS,
    Broken,
    Program,
    a_connection_on,
    events_in,
    owner_of,
    processes_on,
    redis_on,
    wait_for,
)

PAUSE_SECONDS_MAX = 1.5
BOTH_AT_ONCE = 0.2
"""How often a second process is killed in the same moment."""

CONNECTION, EMPTIED = "a connection", "redis' data"
PARTS_ALONE = ("replay", "postgres", "redis", CONNECTION, EMPTIED)
PARTS_TOGETHER = (*PARTS_ALONE, "worker", "projections", "scheduler", "api", "up")


@dataclass
class Round:
    """A replay in progress. ``up`` is None when the replay owns its servers and has its worker inside."""

    data: Path
    replay: Program
    up: Program | None

    @property
    def targets(self) -> tuple[str, ...]:
        """What can be killed."""
        return PARTS_ALONE if self.up is None else PARTS_TOGETHER

    def over(self) -> bool:
        """Whether the replay has come to its end by itself. Raises Broken when that was not a good one."""
        status = self.replay.status()
        if status not in (None, 0):
            raise Broken(f"the replay gave up with status {status}{self.replay.last_words()}")
        return status == 0

    def kill(self, names: Sequence[str]) -> float:
        """Kill some processes and answer the seconds until all are back and the log has grown."""
        pids = self._pids()
        killed = {name: pids[name] for name in names if name in pids}
        for name in names:
            self._strike(name, killed.get(name))
        began = time.monotonic()
        if self.up is not None and "up" in killed:
            self.up.kill()
            start_up(self.up)
        if "replay" in killed:
            self.replay.kill()
            self.replay.start()
        wait_for(lambda: self.over() or self._all_back(killed), f"{', '.join(names)} coming back")
        seen = events_in(self.data)
        grown = f"an event after {', '.join(names)} died"
        wait_for(lambda: self.over() or events_in(self.data) > seen, grown)
        return time.monotonic() - began

    def _strike(self, name: str, pid: int | None) -> None:
        if name == EMPTIED:
            with suppress(redis.RedisError), redis_on(self.data) as client:
                client.flushall()
            return
        victim = a_connection_on(self.data) if name == CONNECTION else pid
        if victim is not None:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)

    def _pids(self) -> dict[str, int]:
        if self.up is None:
            return {"replay": self.replay.pid, **self.replay.children()}
        return {"replay": self.replay.pid, "up": self.up.pid, **self.up.children()}

    def _all_back(self, killed: Mapping[str, int]) -> bool:
        pids = self._pids()
        replaced = all(name in pids and pids[name] != pid for name, pid in killed.items())
        return replaced and events_in(self.data) > 0


@contextmanager
def begun(data: Path, replay_words: list[str], *, alone: bool) -> Iterator[Round]:
    """Start a round. However it ends, nothing is left running."""
    up = None if alone else Program(data, "up", "--empty", "--port", str(free_port()))
    replay = Program(data, *replay_words)
    try:
        if up is not None:
            start_up(up)
        replay.start()
        yield Round(data, replay, up)
        if up is not None:
            up.send(signal.SIGTERM)
        wait_for(lambda: not processes_on(data), f"the end of {processes_on(data)}")
    finally:
        for program in (replay, up):
            if program is not None:
                program.kill()
        for pid in processes_on(data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def start_up(up: Program) -> None:
    """Start ``ballast up`` until it owns the folder: the roles of a killed one may still hold its port."""

    def owns() -> bool:
        if up.status() is not None:
            up.start()
        return owner_of(up.data) == up.pid

    up.start()
    wait_for(owns, f"ballast up{up.last_words()}")


def at_random(
    round_: Round, chance: random.Random, kills: int, until: float, say: Callable[[str], None]
) -> int:
    """Kill at random moments until the replay is over, and answer how many were killed."""
    done = 0
    while done < kills and time.monotonic() < until:
        time.sleep(chance.uniform(0, PAUSE_SECONDS_MAX))
        if round_.over():
            break
        names = chance.sample(round_.targets, 2 if chance.random() < BOTH_AT_ONCE else 1)
        seconds = round_.kill(names)
        done += len(names)
        say(f"killed {' and '.join(names):<24} going on after {seconds:4.1f} s")
    return done


def summary_of(answer: Any) -> dict[str, Any]:
    """What a replay answered, without the ids that differ from one data folder to the next."""
    return {name: value for name, value in answer.items() if not name.endswith("_id")}


def finish(round_: Round) -> dict[str, Any]:
    """Let the replay come to its end undisturbed and answer its summary."""
    return summary_of(round_.replay.finish(2 * PATIENCE_SECONDS))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
