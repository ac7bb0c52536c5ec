"""Sends by apprise, in a process of its own for each message: short, watched, and ended when its time is over."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from adapters.notifiers.schemes import scheme_of
from adapters.notifiers.task import Task
from adapters.outbound.addresses import AddressPolicy
from application.ports.channels import SEND_SECONDS_MAX
from domain.notifications.message import Message

PROGRAM = (sys.executable, "-P", "-B", "-m", "adapters.notifiers.send")
"""Without the working folder among its modules, and without writing any."""

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
"""All that the process gets of our environment: no secret stands there, and no proxy leads around the checks."""

NO_ANSWER = "It is not known whether it was sent: the process that sends it failed."
TOO_SLOW = f"The service did not answer within {SEND_SECONDS_MAX:.0f} seconds."


class AppriseSender:
    """The application's Sender."""

    def __init__(self, policy: Callable[[], AddressPolicy], seconds_max: float = SEND_SECONDS_MAX) -> None:
        self._policy = policy
        self._seconds_max = seconds_max

    def scheme(self, url: SecretStr) -> str:
        """See application.ports.channels.Sender."""
        return scheme_of(url.get_secret_value())

    def objection(self, url: SecretStr) -> str | None:
        """See application.ports.channels.Sender."""
        return self._run(url, None)

    def send(self, url: SecretStr, message: Message) -> str | None:
        """See application.ports.channels.Sender."""
        return self._run(url, message)

    def _run(self, url: SecretStr, message: Message | None) -> str | None:
        task: Task = {
            "url": url.get_secret_value(),
            "allow": self._policy().written(),
            "title": message.title if message else None,
            "body": message.body if message else "",
            "severity": message.severity if message else "INFO",
        }
        try:
            ended = subprocess.run(
                PROGRAM,
                input=json.dumps(task).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # apprise may say a secret there
                env=_environment(),
                cwd="/",
                timeout=self._seconds_max,
                check=False,
            )
            problem = json.loads(ended.stdout)["problem"]
        except subprocess.TimeoutExpired:
            return TOO_SLOW  # and it has been killed
        except (OSError, ValueError, LookupError, TypeError):
            return NO_ANSWER
        return None if problem is None else str(problem)


def _environment() -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    here = str(Path(__file__).parents[2])
    return passed_on | {"PYTHONPATH": here, "NETRC": os.devnull, "LANG": "C.UTF-8"}
