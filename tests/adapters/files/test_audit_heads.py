"""The file of heads: append-only, whole lines only, and clear about what is none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.files.audit_heads import HeadsFile
from application.ports.heads import BrokenHeads
from domain.audit.chain import Head

AT = datetime(2026, 3, 10, 16, tzinfo=UTC)


def head(number: int) -> Head:
    return Head(number=number, hash=f"{number:064x}", at=AT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit" / "heads.jsonl"


def test_heads_are_kept_in_their_order(path: Path) -> None:
    file = HeadsFile(path)
    assert (file.latest(), list(file.all())) == (None, [])
    for number in (3, 8, 8, 5):
        file.keep(head(number))
    assert list(file.all()) == [head(3), head(8)]
    assert HeadsFile(path).latest() == head(8)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines()[0] == (
        f'{{"number":3,"hash":"{3:064x}","at":"2026-03-10T16:00:00.000000Z"}}'
    )


def test_half_a_line_was_never_kept(path: Path) -> None:
    """A crash left it; the next head takes its place."""
    file = HeadsFile(path)
    file.keep(head(1))
    with path.open("a") as torn:
        torn.write('{"number":2,"ha')
    assert (file.latest(), list(file.all())) == (head(1), [head(1)])
    file.keep(head(3))
    assert list(file.all()) == [head(1), head(3)]


def test_a_line_that_is_no_head_is_named(path: Path) -> None:
    file = HeadsFile(path)
    for number in (1, 2):
        file.keep(head(number))
    path.write_text(path.read_text().replace('"number":1', '"number":"one"'))
    with pytest.raises(BrokenHeads, match="in line 1 of "):
        file.all()
    path.write_text("nothing\n")
    with pytest.raises(BrokenHeads, match="in the last line of "):
        file.keep(head(3))


def test_many_heads_are_not_read_to_find_the_last(path: Path) -> None:
    file = HeadsFile(path)
    for number in range(1, 101):
        file.keep(head(number))
    assert file.latest() == head(100)
    assert len(file.all()) == 100


def test_without_a_path_there_are_none() -> None:
    nowhere = HeadsFile(None)
    nowhere.keep(head(1))
    assert (nowhere.latest(), list(nowhere.all())) == (None, [])
