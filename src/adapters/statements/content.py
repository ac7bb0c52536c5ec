"""The text of a file somebody handed in: bounded, decoded without guessing wrong, and surely text."""

import codecs

from domain.refusals import Invalid

FILE_BYTES_MAX = 10 * 1024 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ARCHIVE, PDF = b"PK\x03\x04", b"%PDF"


def text_of(content: bytes) -> str:
    """A file's text: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. Raises Invalid, field file."""
    if not content.strip():
        raise Invalid("file", "The file is empty.")
    if len(content) > FILE_BYTES_MAX:
        raise Invalid("file", f"The file is larger than {FILE_BYTES_MAX:,} bytes.")
    if content.startswith(ARCHIVE):
        raise Invalid("file", "This is a workbook or an archive: save its sheet as CSV first.")
    if content.startswith(PDF):
        raise Invalid("file", "This is a PDF: download the same statement as CSV.")
    text = _decoded(content)
    strange = next((letter for letter in text if letter < " " and letter not in "\t\r\n"), None)
    if strange is not None:
        raise Invalid("file", f"The file holds control characters (U+{ord(strange):04X}), so it is no text.")
    return text


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("file", f"The file is no text in {' or '.join(encodings)}.")
