"""Secrets that Ballast makes for itself on a first start, kept in files that only their owner may read."""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import SecretStr

from adapters.seals.sealing import VARIABLE as SEALING_KEY
from adapters.seals.sealing import new_sealing_key

CALLBACK_SECRET = "BALLAST_CALLBACK_SECRET"  # noqa: S105  # the name of the file, not what is in it
CALLBACK_SECRET_BYTES = 24

MADE = (CALLBACK_SECRET, SEALING_KEY)
"""The settings that are made here when nobody gives them."""


def callback_secret(folder: Path) -> str:
    """The secret that paper callbacks are signed with (``whsec_…``), made when there is none."""
    return _made(folder / CALLBACK_SECRET, lambda: new_callback_secret().get_secret_value())


def sealing_key(folder: Path) -> SecretStr:
    """The key that broker keys are sealed with, made when there is none."""
    return SecretStr(_made(folder / SEALING_KEY, new_sealing_key))


def known_sealing_key(folder: Path) -> SecretStr | None:
    """The key that broker keys are sealed with, None when none was made yet."""
    path = folder / SEALING_KEY
    return SecretStr(path.read_text().strip()) if path.exists() else None


def new_callback_secret() -> SecretStr:
    """A fresh secret for callbacks, in the spelling of Standard Webhooks."""
    return SecretStr("whsec_" + base64.b64encode(secrets.token_bytes(CALLBACK_SECRET_BYTES)).decode())


def _made(path: Path, make: Callable[[], str]) -> str:
    """What the file says; it appears whole or not at all, and the first to make it is believed."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Temporary files are their owner's alone. What is sealed with a key is worth no more than its file.
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(file.name)
        _flush_folder(path.parent)
    return path.read_text().strip()


def _flush_folder(folder: Path) -> None:
    """See to it that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
