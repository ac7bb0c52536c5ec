"""What is said when an embedded server cannot be had."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class EmbeddedServerFailed(RuntimeError):
    """An embedded server did not come up; the text is one sentence for the person at the terminal."""


@contextmanager
def said_clearly(attempt: str) -> Iterator[None]:
    """Turn what the operating system refuses into `EmbeddedServerFailed`: "<attempt>: <its reason>."."""
    try:
        yield
    except (OSError, subprocess.SubprocessError) as refusal:
        raise EmbeddedServerFailed(f"{attempt}: {refusal}.") from refusal
