"""The operating system account the servers run under when Ballast itself is root.

PostgreSQL refuses to run as root, and nothing is gained by letting Redis do so. The wheel brings helpers for
this, but importing it warns about runtime directories, and its `ensure_prefix_permissions` lets everybody
*list* every folder up to `/`. Here a folder on the way is opened for passing through only, and only where the
account could not.
"""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from adapters.embedded.failure import EmbeddedServerFailed

ACCOUNT_NAME = "ballast"


@dataclass(frozen=True)
class ServerAccount:
    """User and group number of the account the servers run under."""

    uid: int
    gid: int


def server_account(data: Path) -> ServerAccount | None:
    """Answer whom the servers on the directory `data` run as; None, "as ourselves", when we are not root.

    Data that already belongs to an ordinary account stays that account's; otherwise the account `ballast` is
    used, and made if absent. Raises `EmbeddedServerFailed` where no account can be made.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat()
    if owner.st_uid != 0:
        return ServerAccount(owner.st_uid, owner.st_gid)
    entry = _find_account() or _make_account()
    return ServerAccount(entry.pw_uid, entry.pw_gid)


def hand_over(directory: Path, account: ServerAccount) -> None:
    """Make `directory` the account's own and let the account reach it through the folders above."""
    if directory.stat().st_uid != account.uid:
        os.chown(directory, account.uid, account.gid)
    for above in directory.parents:
        status = above.stat()
        if not status.st_mode & _passing_bit(status, account):
            above.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)


def open_for_reading(program_folder: Path, account: ServerAccount) -> None:
    """Let the account run the programs of an installed wheel, which a strict umask may have kept from it."""
    for above in (program_folder, *program_folder.parents):
        status = above.stat()
        if not status.st_mode & _passing_bit(status, account):
            above.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)
    for path in program_folder.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & stat.S_IROTH:
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _passing_bit(status: os.stat_result, account: ServerAccount) -> int:
    if status.st_uid == account.uid:
        return stat.S_IXUSR
    return stat.S_IXGRP if status.st_gid == account.gid else stat.S_IXOTH


def _find_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        return None


def _make_account() -> pwd.struct_passwd:
    command = ("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT_NAME)
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError) as refusal:
        # Two first starts at once: the other one may have made it meanwhile.
        entry = _find_account()
        if entry is None:
            raise EmbeddedServerFailed(
                f"PostgreSQL does not run as root, and the account {ACCOUNT_NAME} could not be made "
                f"({refusal}); start Ballast as an ordinary user, or set DATABASE_URL."
            ) from refusal
        return entry
    return pwd.getpwnam(ACCOUNT_NAME)
