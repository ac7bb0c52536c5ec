"""Strategies in files, as far as the file system has a say in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.files.policy_folder import FolderOfPolicies

NOBODY = 65534
LATER = 4_000_000_000.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may look into."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        path.chmod(0o755)
        yield path


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without what root may read; whoever is not root has no need of it."""
    ours = os.geteuid()
    if ours == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(ours)


def test_what_cannot_be_read_is_told_of_its_portfolio_and_the_others_are_read(folder: Path) -> None:
    for name in ("first", "second"):
        (folder / name).mkdir()
        (folder / name / "policy.json").write_text("{}")
    (folder / "first" / "policy.json").chmod(0)

    with as_nobody():
        first, second = FolderOfPolicies(folder, lambda: LATER).settled()

    assert first.problem == f"{folder / 'first' / 'policy.json'} cannot be read: Permission denied."
    assert (second.problem, second.policy) == (None, b"{}")


def test_names_that_are_no_utf_8_are_told_so_that_they_can_be_stored(folder: Path) -> None:
    """The file's bytes count, and whoever comes after is read."""
    for name in (b"caf\xe9", b"second"):
        inside = folder / os.fsdecode(name)
        inside.mkdir()
        for file in (b"r\xe9sum\xe9.json", b"\xff.json"):
            (inside / os.fsdecode(file)).write_text("{}")

    first, second = FolderOfPolicies(folder, lambda: LATER).settled()

    assert (first.name, second.name) == ("caf\\xe9", "second")
    told = r"There must be one policy, a file that ends with .json, and there are r\xe9sum\xe9.json and \xff.json."
    assert {first.problem, second.problem} == {told}
    (folder / "second" / os.fsdecode(b"\xff.json")).unlink()
    assert FolderOfPolicies(folder, lambda: LATER).settled()[1].policy == b"{}"
