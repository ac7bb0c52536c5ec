"""Names of files as they can be stored, sent and written: any bytes can be a name."""

import os


def shown(name: str) -> str:
    """A name as text: bytes that are no UTF-8 are written like \\xe9."""
    return os.fsencode(name).decode(errors="backslashreplace")
