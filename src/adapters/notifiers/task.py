"""What is asked of the process that sends, as JSON on its standard input."""

from typing import TypedDict

from domain.notifications.notification import Severity


class Task(TypedDict):
    """One message over one channel; without a title its address is only looked at. ``allow`` is the policy's text."""

    url: str
    allow: str
    title: str | None
    body: str
    severity: Severity
