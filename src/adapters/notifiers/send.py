"""``python -m adapters.notifiers.send``: send one message over one channel, or only look whether that could be done.

The task comes as JSON on standard input, so that no list of processes shows a secret. The answer is JSON on standard
output: ``{"problem": null}``, or a sentence that tells nothing of the channel's address. What apprise has to say may
hold secrets, so of that only the status of an answer leaves this process.
"""

import json
import logging
import re
import resource
import sys
from collections.abc import Mapping

import apprise
import requests

from adapters.notifiers.guard import Guard
from adapters.notifiers.schemes import SEALED, scheme_of
from adapters.notifiers.task import Task
from adapters.outbound.addresses import AddressPolicy
from domain.notifications.notification import Severity

MEMORY_BYTES_MAX = 1 << 30
"""An answer without end fills this much and no more."""

STATUS = re.compile(r"\berror[=:]\s*(\d{3})\b")

TYPES: Mapping[Severity, apprise.NotifyType] = {
    "INFO": apprise.NotifyType.INFO,
    "WARN": apprise.NotifyType.WARNING,
    "CRITICAL": apprise.NotifyType.FAILURE,
}


class Statuses(logging.Handler):
    """Keeps nothing of a log but the last status of an answer in it."""

    last: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        found = STATUS.search(record.getMessage())
        self.last = found[1] if found else self.last


def problem_of(task: Task) -> str | None:
    """Do it, and answer what went wrong."""
    scheme = scheme_of(task["url"])
    guard = Guard(AddressPolicy.parse(task["allow"]), sealed=scheme in SEALED)
    statuses = Statuses()
    logging.getLogger("apprise").addHandler(statuses)
    asset = apprise.AppriseAsset(storage_mode="memory", timezone="UTC", async_mode=False, pgp_autogen=False)
    service = apprise.Apprise(asset=asset)
    service.instantiate("jsons://localhost", asset=asset)  # loads every plugin, while files are within reach
    guard.install()
    channel = service.instantiate(task["url"], asset=asset)
    if channel is None:
        return guard.refusal or f"This is no address of a {scheme} channel."
    if task["title"] is None:
        return None
    # An e-mail's address can say that the line to its server is not sealed, however it begins.
    guard.sealed = guard.sealed and getattr(channel, "secure_mode", None) != "insecure"
    service.add(channel)
    sent = service.notify(
        title=task["title"], body=task["body"], notify_type=TYPES[task["severity"]], body_format="text"
    )
    return None if sent else guard.refusal or _unsent(statuses.last)


def _unsent(status: str | None) -> str:
    if status is not None:
        return f"The service refused it with status {status}."
    return "The service could not be reached, or did not take it."


def main() -> None:
    """Read the task, do it, and answer."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    # A redirect's target would be checked as well, but not whether it leads out of TLS.
    requests.sessions.DEFAULT_REDIRECT_LIMIT = 0  # type: ignore[attr-defined]  # the library's own default
    task: Task = json.load(sys.stdin)
    try:
        problem = problem_of(task)
    except Exception as error:  # noqa: BLE001  # a process edge: its text may hold a secret, its type does not
        problem = f"It could not be sent ({type(error).__name__})."
    json.dump({"problem": problem}, sys.stdout)


if __name__ == "__main__":
    main()
