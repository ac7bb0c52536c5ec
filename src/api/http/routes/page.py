"""Where a person arrives: the page as ``make page`` built it, or how to get it."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)

UNBUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ballast</title>
<h1>Ballast is running</h1>
<p>Its page has not been built on this machine. With Node.js 20 and npm, <code>make page</code> builds it; then load
this address again, nothing needs a restart. Until then everything Ballast does is in its
<a href="/docs">interactive documentation</a>, described by <a href="/openapi.json">/openapi.json</a>;
<a href="/health/ready">/health/ready</a> says how it is.</p>
<p>Ballast gives no investment advice.</p>
"""

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
"""Nothing is loaded from anywhere else, and no script or style that stands in a document is obeyed."""

ALWAYS_ASKED = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
NEVER_CHANGES = {"Cache-Control": "public, max-age=31536000, immutable"}


async def the_folder(request: Request) -> Path:
    """Where the built page lies, if it was built."""
    folder: Path = request.app.state.page_folder
    return folder


Folder = Annotated[Path, Depends(the_folder)]


@router.get("/")
@router.get("/ui")
async def root() -> Response:
    """Go to the page."""
    return RedirectResponse("/ui/")


@router.get("/ui/assets/{name}")
def asset(folder: Folder, name: str) -> Response:
    """A file whose name has its content's hash in it."""
    found = folder / "assets" / name
    if name in {".", ".."} or not found.is_file():
        raise HTTPException(404)
    return FileResponse(found, headers=NEVER_CHANGES)


@router.get("/ui/{address:path}")
def page(folder: Folder, address: str) -> Response:
    """The page, whichever of its screens the address means: the page itself reads it."""
    if address == "icon.svg" and (folder / address).is_file():
        return FileResponse(folder / address, headers=ALWAYS_ASKED)
    document = folder / "index.html"
    if not document.is_file():
        return HTMLResponse(UNBUILT, headers=ALWAYS_ASKED)
    return FileResponse(document, headers=ALWAYS_ASKED)
