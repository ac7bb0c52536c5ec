"""The supervisor with real processes: it restarts, stops in order, and takes its children with it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import pytest

from adapters.embedded.server_lock import wait_until

SOURCES = Path(__file__).parents[2] / "src"

SUPERVISE = """
import json, os, sys
from pathlib import Path
from api.supervisor import Supervisor
Supervisor(json.loads(sys.argv[1]), os.environ, Path(sys.argv[2])).run()
"""
SUPERVISE_WITH_SERVERS = """
import json, os, sys
from pathlib import Path
from adapters.embedded.servers import open_servers
from api.supervisor import Supervisor
logs = Path(sys.argv[2])
with open_servers(logs / "data", None, None) as servers:
    (logs / "database_url").write_text(servers.database_url)
    Supervisor(json.loads(sys.argv[1]), os.environ, logs, servers).run()
"""
# Each role writes lines "<word> <process id>" to a file named after it.
WORK = """
import os, signal, sys, time
from api.supervisor import watch_lifeline
watch_lifeline()
def say(word):
    with open(sys.argv[1], "a") as file:
        print(word, os.getpid(), time.monotonic(), file=file)
def end(number, frame):
    say("ended")
    sys.exit()
signal.signal(signal.SIGTERM, end)
say("started")
while True:
    time.sleep(60)
"""
DIE = WORK.replace("while True:\n    time.sleep(60)", "sys.exit(1)")
DEAF = WORK.replace("signal.signal(signal.SIGTERM, end)", "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
LEAVE_A_CHILD = WORK.replace(
    "while True:",
    "import subprocess; child = subprocess.Popen(['sleep', '60'])\nsay(f'child={child.pid}')\nwhile True:",
)

Supervise = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Supervise]:
    """Start a supervisor as a process of its own, over roles given as name → source."""
    started: list[subprocess.Popen[bytes]] = []

    def start(roles: Mapping[str, str], source: str = SUPERVISE) -> subprocess.Popen[bytes]:
        commands = {name: [sys.executable, "-c", text, str(tmp_path / name)] for name, text in roles.items()}
        environment = {**os.environ, "PYTHONPATH": f"{SOURCES}:{':'.join(sys.path)}"}
        words = [sys.executable, "-c", source, json.dumps(commands), str(tmp_path)]
        started.append(subprocess.Popen(words, env=environment))
        return started[-1]

    yield start
    for supervisor in started:
        supervisor.kill()  # its children notice
        supervisor.wait()


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[str], list[list[str]]]:
    """Answer what a role has written, a list of words a line."""

    def read(name: str) -> list[list[str]]:
        file = tmp_path / name
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    return read


Lines = Callable[[str], list[list[str]]]


def words(written: list[list[str]]) -> list[str]:
    return [line[0] for line in written]


def lives(pid: int) -> bool:
    """Answer whether a process runs; one that has ended but was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_role_that_was_killed_is_started_again(supervise: Supervise, lines: Lines) -> None:
    """Within half a second or so, the others untouched."""
    supervise({"api": WORK, "worker": WORK})
    assert wait_until(lambda: len(lines("api")) == 1 and len(lines("worker")) == 1, 10)
    os.kill(int(lines("worker")[0][1]), signal.SIGKILL)
    assert wait_until(lambda: words(lines("worker")) == ["started", "started"], 5)
    assert words(lines("api")) == ["started"]


def test_a_role_that_keeps_dying_is_started_less_and_less_often(supervise: Supervise, lines: Lines) -> None:
    """Each pause is at least 0.2, 0.4, 0.8 seconds."""
    supervise({"api": DIE})
    assert wait_until(lambda: len(lines("api")) >= 4, 20)
    at_seconds = [float(line[2]) for line in lines("api")]
    for number, least_seconds in enumerate((0.2, 0.4, 0.8)):
        assert at_seconds[number + 1] - at_seconds[number] >= least_seconds


def test_what_a_dead_role_leaves_behind_is_ended(supervise: Supervise, lines: Lines) -> None:
    """A role's own children would keep its port or its jobs."""
    supervise({"api": LEAVE_A_CHILD})
    assert wait_until(lambda: len(lines("api")) >= 2, 10)
    child = int(lines("api")[1][0].removeprefix("child="))
    assert lives(child)
    os.kill(int(lines("api")[0][1]), signal.SIGKILL)
    assert wait_until(lambda: not lives(child), 5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_roles_are_stopped_in_the_order_given(
    supervise: Supervise, lines: Lines, number: signal.Signals
) -> None:
    """Each has ended before the next one is told to."""
    roles = ("scheduler", "worker", "api")
    supervisor = supervise(dict.fromkeys(roles, WORK))
    assert wait_until(lambda: all(lines(role) for role in roles), 10)
    supervisor.send_signal(number)
    assert supervisor.wait(10) == 0
    assert all(words(lines(role)) == ["started", "ended"] for role in roles)
    ended_seconds = [float(lines(role)[1][2]) for role in roles]
    assert ended_seconds == sorted(ended_seconds)


def test_a_second_interrupt_does_not_wait_for_a_deaf_role(supervise: Supervise, lines: Lines) -> None:
    """One second after it what has not ended is killed; the roles that listen end in order."""
    supervisor = supervise({"deaf": DEAF, "api": WORK})
    assert wait_until(lambda: bool(lines("deaf") and lines("api")), 10)
    supervisor.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        supervisor.wait(0.5)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(4) == 0
    assert words(lines("api")) == ["started", "ended"]
    assert not lives(int(lines("deaf")[0][1]))


def test_roles_end_by_themselves_when_their_supervisor_is_killed(supervise: Supervise, lines: Lines) -> None:
    """And in order: each gets the signal it would have got from the supervisor."""
    supervisor = supervise({"api": WORK, "worker": WORK})
    assert wait_until(lambda: bool(lines("api") and lines("worker")), 10)
    supervisor.kill()
    supervisor.wait()
    assert wait_until(lambda: len(lines("api")) == 2 and len(lines("worker")) == 2, 5)
    for role in ("api", "worker"):
        assert words(lines(role)) == ["started", "ended"]
        assert wait_until(lambda: not lives(int(lines(role)[0][1])), 5)  # noqa: B023 - asked at once


def test_a_killed_database_comes_back_beneath_the_roles(
    supervise: Supervise, lines: Lines, tmp_path: Path
) -> None:
    """The supervisor watches the embedded servers; at the end it stops them after the roles."""
    supervisor = supervise({"api": WORK}, SUPERVISE_WITH_SERVERS)
    assert wait_until(lambda: bool(lines("api")), 20)
    url = (tmp_path / "database_url").read_text()
    postmaster = int((tmp_path / "data" / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)

    def answers() -> bool:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return False
        return True

    assert wait_until(lambda: not answers(), 5)
    assert wait_until(answers, 15)
    assert words(lines("api")) == ["started"]
    supervisor.terminate()
    assert supervisor.wait(20) == 0
    assert not answers()


def test_a_command_that_cannot_be_started_does_not_stop_the_others(
    supervise: Supervise, lines: Lines, tmp_path: Path
) -> None:
    """It is noted and tried again."""
    source = SUPERVISE.replace(
        "Supervisor(json.loads(sys.argv[1])", "Supervisor({'gone': ['/gone'], **json.loads(sys.argv[1])}"
    )
    supervise({"api": WORK}, source)
    assert wait_until(lambda: bool(lines("api")), 10)
    assert wait_until(lambda: (tmp_path / "supervisor.log").read_text().count("gone did not start") >= 2, 5)
