"""A file of an export as an answer: whole, or one range of its bytes (RFC 9110 §14)."""

import re
from http import HTTPStatus
from pathlib import Path

from fastapi import Request, Response
from starlette.responses import FileResponse

from api.http.problems import Problem

ONE_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.ASCII)

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
}


def file_answer(request: Request, path: Path | None, name: str, sha256: str, place: str) -> Response:
    """The file, or what of it is asked for. Raises Problem where it is elsewhere, or the range beyond its end."""
    if path is None:
        raise _elsewhere(place)
    headers = {"etag": f'"{sha256}"', "cache-control": "private, no-cache", "accept-ranges": "bytes"}
    if _is_known(request.headers.get("if-none-match"), headers["etag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    stat = path.stat()
    if not _is_one_range(request.headers.get("range"), stat.st_size):
        # Whoever asks for something else gets all of it, which the RFC allows.
        request.scope["headers"] = [each for each in request.scope["headers"] if each[0] != b"range"]
    return FileResponse(
        path,
        headers=headers,
        media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
        filename=name,
        stat_result=stat,
    )


def _is_one_range(wanted: str | None, size_bytes: int) -> bool:
    asked = ONE_RANGE.fullmatch(wanted.strip()) if wanted else None
    if asked is None:
        return False
    first, last, final = asked.groups()
    if first is not None and last and int(last) < int(first):
        return False
    if (int(final) == 0) if first is None else (int(first) >= size_bytes):
        raise Problem(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            f"The file has {size_bytes} bytes, and none of those that were asked for.",
            kind="range",
            headers={"Content-Range": f"bytes */{size_bytes}"},
        )
    return True


def _is_known(known: str | None, etag: str) -> bool:
    return known is not None and any(
        each.strip().removeprefix("W/") in (etag, "*") for each in known.split(",")
    )


def _elsewhere(place: str) -> Problem:
    if place.startswith("file:"):
        return Problem(HTTPStatus.GONE, f"The file was removed from {place}.", kind="retired")
    return Problem(HTTPStatus.CONFLICT, f"The file was written to {place}; fetch it there.", kind="elsewhere")
