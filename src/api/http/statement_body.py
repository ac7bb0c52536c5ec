"""A broker's file as it comes over HTTP: the body itself, or the one file of a form."""

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from adapters.statements.content import FILE_BYTES_MAX
from api.http.problems import invalid
from api.http.strict_request import StrictRequest, StrictRoute

FORM_BYTES_MAX = 64 * 1024
FILE_NAME_CHARACTERS_MAX = 200
UNNAMED = "statement"

BODY = {
    "required": True,
    "content": {
        "text/csv": {"schema": {"type": "string", "format": "binary"}},
        "application/xml": {"schema": {"type": "string", "format": "binary"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
    },
}


class StatementRequest(StrictRequest):
    """A request whose body may be as large as a file, with a form around it."""

    body_bytes_max = FILE_BYTES_MAX + FORM_BYTES_MAX


class StatementRoute(StrictRoute):
    """A route that takes files."""

    request_class = StatementRequest


class File(NamedTuple):
    """A file and the name that it came under."""

    name: str
    content: bytes


async def a_file(request: Request, file_name: str | None = None) -> File:
    """The file of a request. ``file_name`` in the address counts more than the form's. Raises Problem."""
    media_type = request.headers.get("content-type", "")
    body = await request.body()
    if not media_type.lower().startswith("multipart/form-data"):
        return File(_named(file_name), body)
    return await run_in_threadpool(_in_a_form, media_type, body, file_name)


def _in_a_form(media_type: str, body: bytes, file_name: str | None) -> File:
    head = b"Content-Type: " + media_type.encode("latin-1") + b"\r\n\r\n"
    form = BytesParser(policy=HTTP).parsebytes(head + body)
    files = [part for part in form.walk() if part.get_filename() is not None]
    if len(files) != 1:
        raise invalid(("file", f"The form has {len(files)} files; send one at a time."))
    return File(_named(file_name or files[0].get_filename()), _content(files[0]))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _named(name: str | None) -> str:
    """A name to show: its last part, printable, of bounded length."""
    last = (name or UNNAMED).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    return shown[:FILE_NAME_CHARACTERS_MAX] or UNNAMED
