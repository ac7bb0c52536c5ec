"""The lines of a text file somebody handed in: unpacked, bounded, and surely text."""

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedIOBase, BufferedReader
from typing import Any

GZIP_MAGIC = b"\x1f\x8b"
LINE_BYTES_MAX = 4096


class BrokenLine(ValueError):
    """A line that cannot be taken, counted from 1, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def text_lines(file: "BufferedReader[Any]", lines_max: int) -> Iterator[tuple[int, str]]:
    """Each line with its number, without its line end (LF or CRLF) and without a byte order mark.

    Gzip is known by its first two bytes, whatever the file's name. Raises BrokenLine for damaged gzip data,
    bytes that are no text, a line longer than 4096 bytes and more than ``lines_max`` lines: a small file may
    not unpack into an endless one.
    """
    packed = file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)
    stream: BufferedIOBase = gzip.GzipFile(fileobj=file) if packed else file
    number = 1
    while raw := _line(stream, number):
        if number > lines_max:
            raise BrokenLine(number, f"the file has more than {lines_max:,} lines")
        yield number, _text(raw, number)
        number += 1


def _line(stream: BufferedIOBase, number: int) -> bytes:
    try:
        raw = stream.readline(LINE_BYTES_MAX + 1)
    except EOFError:
        raise BrokenLine(number, "the gzip data end too early") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BrokenLine(number, f"the gzip data are damaged: {error}") from None
    if len(raw) > LINE_BYTES_MAX:
        raise BrokenLine(number, f"the line is longer than {LINE_BYTES_MAX:,} bytes")
    return raw


def _text(raw: bytes, number: int) -> str:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise BrokenLine(number, "the line is not UTF-8 text") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text.replace("\t", " ").isprintable():
        raise BrokenLine(number, "the line holds control characters, so it is not text")
    return text
