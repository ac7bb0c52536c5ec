"""Runs the roles (API, worker, …) as processes, brings back the ones that die, and stops them in order.

A role lives in its own session, so that a terminal's Ctrl-C reaches the supervisor alone, which then stops
the roles one after the other. Each role holds the reading end of a pipe, its lifeline: when the supervisor is
killed the kernel closes the writing end, and `watch_lifeline`, called first thing in a role, ends it.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Protocol

from adapters.embedded.failure import EmbeddedServerFailed

LIFELINE_VARIABLE = "BALLAST_LIFELINE_FD"
RESTART_SECONDS_FIRST = 0.2
RESTART_SECONDS_MAX = 10.0
ALIVE_SECONDS_FOR_RESET = 30.0
STOP_SECONDS = 10.0
STOP_SECONDS_HURRIED = 1.0
# A role gets this long to end before the next one is told to, so that the order means something.
HEAD_START_SECONDS = 2.0
POLL_SECONDS = 0.05
SERVERS_WATCH_SECONDS = 0.5
SERVERS_RETRY_SECONDS = 5.0


class WatchedServers(Protocol):
    """Servers whose `watch` starts again those that died and answers their names."""

    def watch(self) -> Sequence[str]: ...


class RoleProcess:
    """A command, the process it runs as now, and when it may be started again (seconds, monotonic clock)."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._started_seconds = 0.0
        self._due_seconds = 0.0
        self._delay_seconds = RESTART_SECONDS_FIRST

    @property
    def pid(self) -> int | None:
        """Process id from `start` until `reap` has answered the exit status."""
        return None if self._process is None else self._process.pid

    def start(self, environment: Mapping[str, str], lifeline: int, now_seconds: float) -> None:
        """Start the command in a session of its own, holding its lifeline. Raises OSError."""
        self._started_seconds = now_seconds
        self._process = subprocess.Popen(
            self._command,
            env={**environment, LIFELINE_VARIABLE: str(lifeline)},
            stdin=subprocess.DEVNULL,
            pass_fds=(lifeline,),
            start_new_session=True,
        )

    def reap(self) -> int | None:
        """Answer the exit status once, when the process has ended; what it left in its session is killed."""
        process = self._process
        if process is None or process.poll() is None:
            return None
        self.kill()
        self._process = None
        return process.returncode

    def is_due(self, now_seconds: float) -> bool:
        """Answer whether the pause after the last death is over."""
        return now_seconds >= self._due_seconds

    def back_off(self, now_seconds: float) -> float:
        """Plan the next start; answers the seconds until then, doubled by each death that came early."""
        if now_seconds - self._started_seconds >= ALIVE_SECONDS_FOR_RESET:
            self._delay_seconds = RESTART_SECONDS_FIRST
        delay_seconds = self._delay_seconds
        self._due_seconds = now_seconds + delay_seconds
        self._delay_seconds = min(2 * delay_seconds, RESTART_SECONDS_MAX)
        return delay_seconds

    def terminate(self) -> None:
        """Ask the process to end; it asks its own children."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """Kill the process and those it started."""
        if self._process is not None:
            # Nobody may be left; macOS refuses when only zombies are.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


class Supervisor:
    """Keeps `commands` (name → words) running with `environment`; notes go to `logs/supervisor.log`.

    Roles are started, and later stopped, in the order given. `servers`, if any, are watched as well.
    """

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        environment: Mapping[str, str],
        logs: Path,
        servers: WatchedServers | None = None,
    ) -> None:
        self._roles = [RoleProcess(name, command) for name, command in commands.items()]
        self._environment = environment
        self._log_path = logs / "supervisor.log"
        self._servers = servers
        self._stops_asked = 0
        self._over = threading.Event()

    def stop(self) -> None:
        """Ask for an orderly stop; asked again, for a hurried one. For signal handlers and other threads."""
        self._stops_asked += 1

    def run(self) -> None:
        """Run the roles until SIGINT, SIGTERM or `stop`, then stop them; for the main thread."""
        self._log_path.parent.mkdir(parents=True, exist_ok=True)
        numbers = (signal.SIGINT, signal.SIGTERM)
        previous = {number: signal.signal(number, self._on_signal) for number in numbers}
        lifeline, held_end = os.pipe()
        watching = threading.Thread(target=self._watch_servers, name="watch servers", daemon=True)
        watching.start()
        try:
            while not self._stops_asked:
                self._keep_running(lifeline)
                time.sleep(POLL_SECONDS)
            self._stop_roles()
        finally:
            self._over.set()
            for role in self._roles:
                role.kill()
            os.close(held_end)
            os.close(lifeline)
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def _keep_running(self, lifeline: int) -> None:
        now_seconds = time.monotonic()
        for role in self._roles:
            exit_status = role.reap()
            if exit_status is not None:
                delay_seconds = role.back_off(now_seconds)
                self._note(f"{role.name} ended with status {exit_status}; next start in {delay_seconds:g} s")
            elif role.pid is None and role.is_due(now_seconds):
                try:
                    role.start(self._environment, lifeline, now_seconds)
                    self._note(f"{role.name} started as process {role.pid}")
                except OSError as refusal:
                    delay_seconds = role.back_off(now_seconds)
                    self._note(f"{role.name} did not start ({refusal}); next start in {delay_seconds:g} s")

    def _stop_roles(self) -> None:
        """Tell each role to end once those before have ended or had a head start; kill it at its deadline."""
        self._note("stopping")
        waiting = [role for role in self._roles if role.pid is not None]
        ending: dict[RoleProcess, float] = {}
        next_seconds = 0.0
        while waiting or ending:
            now_seconds = time.monotonic()
            hurried = self._stops_asked > 1
            while waiting and (hurried or not ending or now_seconds >= next_seconds):
                role = waiting.pop(0)
                role.terminate()
                ending[role] = now_seconds + STOP_SECONDS
                next_seconds = now_seconds + HEAD_START_SECONDS
            for role, deadline_seconds in list(ending.items()):
                exit_status = role.reap()
                if exit_status is not None:
                    self._note(f"{role.name} stopped with status {exit_status}")
                    del ending[role]
                elif now_seconds >= deadline_seconds:
                    role.kill()
                elif hurried:
                    ending[role] = min(deadline_seconds, now_seconds + STOP_SECONDS_HURRIED)
            time.sleep(POLL_SECONDS)

    def _watch_servers(self) -> None:
        if self._servers is None:
            return
        pause_seconds = SERVERS_WATCH_SECONDS
        while not self._over.wait(pause_seconds):
            pause_seconds = SERVERS_WATCH_SECONDS
            try:
                for name in self._servers.watch():
                    self._note(f"{name} had died and was started again")
            except (EmbeddedServerFailed, OSError) as failure:
                self._note(str(failure))
                pause_seconds = SERVERS_RETRY_SECONDS

    def _note(self, event: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with suppress(OSError), self._log_path.open("a") as log:  # a full disk must not end the roles
            log.write(f"{at} {event}\n")


def watch_lifeline() -> None:
    """Start the thread that ends this process once its supervisor has died; without one, do nothing.

    The process gets SIGTERM, as from the supervisor, and ten seconds to end in order. Call it first thing.
    """
    # Taken out of the environment: in a grandchild the number would mean some other file.
    number = os.environ.pop(LIFELINE_VARIABLE, None)
    if number is None:
        return
    os.set_inheritable(int(number), False)
    threading.Thread(target=_end_with, args=(int(number),), name="lifeline", daemon=True).start()


def _end_with(lifeline: int) -> None:
    while os.read(lifeline, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)
