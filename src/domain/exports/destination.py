"""Where an export goes: into Ballast's own folder of exports, or into a bucket. No other place can be named."""

import re
from dataclasses import dataclass

from domain.refusals import Invalid

PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.=-]{0,99}", re.ASCII)
"""A folder's name: none that begins with a dot, so that no path leads upwards or to hidden files."""

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)

PARTS_MAX = 8
FILE, S3 = "file:", "s3://"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder below the one of exports; no parts are that one itself."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an object store; ``prefix`` has no slash at either end."""

    name: str
    prefix: str

    def __str__(self) -> str:
        """As it is written in an export's destination."""
        return f"{S3}{self.name}/{self.prefix}".rstrip("/")

    def holds(self, other: "Bucket") -> bool:
        """Whether another one is this, or lies below its prefix."""
        below = f"{other.prefix}/".startswith(f"{self.prefix}/") or not self.prefix
        return self.name == other.name and below


Destination = Folder | Bucket


def destination_of(text: str) -> Destination:
    """Read ``file:``, ``file:2026/q1`` or ``s3://bucket/prefix``. Raises Invalid for anything else."""
    if text.startswith(FILE):
        return Folder(_parts(text.removeprefix(FILE)))
    if text.startswith(S3):
        name, _, prefix = text.removeprefix(S3).partition("/")
        if not BUCKET.fullmatch(name) or ".." in name:
            raise Invalid("destination", "This is no name of a bucket: s3://bucket/prefix.")
        return Bucket(name, "/".join(_parts(prefix.removesuffix("/"))))
    raise Invalid(
        "destination",
        "An export goes to file:FOLDER, within the folder of exports, or to s3://BUCKET/PREFIX.",
    )


def _parts(path: str) -> tuple[str, ...]:
    parts = tuple(path.split("/")) if path else ()
    if len(parts) > PARTS_MAX or not all(PART.fullmatch(part) for part in parts):
        raise Invalid(
            "destination",
            "A path is names of letters, digits, - _ . and =, with slashes between them; it begins with none, and no"
            " name begins with a dot.",
        )
    return parts
