"""Strategies in files: ``policies/<portfolio id>/`` with a policy, ``.json``, and perhaps its manifesto, ``.md``.

They stay where they are: they are configuration. One is at rest when nobody has written to it for some seconds.
"""

import hashlib
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from adapters.files.at_rest import is_at_rest, is_wanted
from adapters.files.shown import shown
from application.ports.policy_folder import PolicyFiles
from domain.policy import hash_of

FILE_BYTES_MAX = 1_000_000


class FolderOfPolicies:
    """The application's PolicyFolder. ``clock`` is that of the file system, in seconds since 1970."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def settled(self) -> list[PolicyFiles]:
        """See application.ports.policy_folder.PolicyFolder."""
        if not self._folder.is_dir():
            return []
        found: list[PolicyFiles] = []
        for folder in sorted(self._folder.iterdir()):
            if folder.name.startswith(".") or not stat.S_ISDIR(folder.lstat().st_mode):
                continue
            try:
                files = [*_files(folder)]
                if files and all(is_at_rest(each, self._clock()) for each in files):
                    found.append(_read(shown(folder.name), files))
            except FileNotFoundError:
                continue  # it is being moved: there is another look
            except OSError as error:
                found.append(_unreadable(shown(folder.name), error))
        return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".json", ".md"} and is_wanted(path):
            yield path


def _unreadable(name: str, error: OSError) -> PolicyFiles:
    """One folder that cannot be read: its portfolio is told, and the others are read."""
    sentence = f"{shown(error.filename or name)} cannot be read: {error.strerror or error}."
    return PolicyFiles(name, hash_of(sentence), problem=sentence)


def _read(name: str, files: list[Path]) -> PolicyFiles:
    large = [path.name for path in files if path.stat().st_size > FILE_BYTES_MAX]
    if large:
        sizes = "".join(f"{shown(path.name)} {path.stat().st_size}" for path in files)
        sentence = f"{shown(large[0])} is larger than {FILE_BYTES_MAX:,} bytes."
        return PolicyFiles(name, hash_of(sizes), problem=sentence)
    contents = {path: path.read_bytes() for path in files}
    policies = [path for path in files if path.suffix.lower() == ".json"]
    manifestos = [path for path in files if path.suffix.lower() == ".md"]
    sha256 = _hash([(shown(path.name), content) for path, content in contents.items()])
    for wanted, several in (("policy, a file that ends with .json", policies), ("manifesto", manifestos)):
        if len(several) > 1:
            names = " and ".join(shown(path.name) for path in several)
            return PolicyFiles(name, sha256, problem=f"There must be one {wanted}, and there are {names}.")
    if not policies:
        sentence = f"There must be a policy beside {shown(manifestos[0].name)}, a file that ends with .json."
        return PolicyFiles(name, sha256, problem=sentence)
    return PolicyFiles(name, sha256, contents[policies[0]], contents[manifestos[0]] if manifestos else None)


def _hash(contents: list[tuple[str, bytes]]) -> str:
    parts = (f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in contents)
    return hash_of("\n".join(parts))
