"""Secrets that Ballast makes for itself on a first start, kept in files that only their owner may read."""

import base64
import os
import secrets
from pathlib import Path

CALLBACK_SECRET = "BALLAST_CALLBACK_SECRET"  # noqa: S105  # the name of the file, not what is in it
CALLBACK_SECRET_BYTES = 24


def callback_secret(folder: Path) -> str:
    """The secret that paper callbacks are signed with (``whsec_…``), made when there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / CALLBACK_SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        made = "whsec_" + base64.b64encode(secrets.token_bytes(CALLBACK_SECRET_BYTES)).decode()
        file.write(made + "\n")
    return made
