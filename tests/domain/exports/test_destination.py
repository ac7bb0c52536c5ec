"""A destination is a folder below the one of exports, or a bucket; nothing else can be named."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exports.destination import Bucket, Folder, destination_of
from domain.refusals import Invalid


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("file:", Folder(())),
        ("file:2026/q1", Folder(("2026", "q1"))),
        ("file:year=2026/a.b-c_d", Folder(("year=2026", "a.b-c_d"))),
        ("s3://a-bucket", Bucket("a-bucket", "")),
        ("s3://a.bucket/for/tax/", Bucket("a.bucket", "for/tax")),
    ],
)
def test_folders_and_buckets_are_read(text: str, destination: Folder | Bucket) -> None:
    assert destination_of(text) == destination


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "file:/etc",
        "file:///etc",
        "file:..",
        "file:a/../../b",
        "file:a//b",
        "file:a/",
        "file:.unfinished",
        "file:a/.hidden",
        "file:~",
        "file:a\\b",
        "file:a\0",
        "file:a\n",
        "file:ä",
        "file:" + "/".join("a" * 9),
        "s3://",
        "s3://A",
        "s3://a..b",
        "s3://127.0.0.1:9000/a",
        "s3://user@host/a",
        "s3://bucket/../a",
        "https://example.com/a",
        "FILE:a",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        destination_of(text)
    assert refused.value.field == "destination"


@given(st.text(alphabet="./\\a~ \0%:", max_size=12))
def test_no_folder_leads_out_of_its_root(path: str) -> None:
    """Whatever is accepted stays below the root, and is not hidden."""
    try:
        destination = destination_of(f"file:{path}")
    except Invalid:
        return
    assert isinstance(destination, Folder)
    whole = PurePosixPath("/root").joinpath(*destination.parts)
    assert whole.is_relative_to("/root")
    assert not any(part.startswith(".") for part in whole.parts)
