"""Where a person arrives: the page, or until there is one, a pointer to the documentation."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

router = APIRouter(include_in_schema=False)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ballast</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
</style>
<h1>Ballast is running</h1>
<p>Its page is not built yet. Everything it does is in its <a href="/docs">interactive documentation</a>,
described by <a href="/openapi.json">/openapi.json</a>;
<a href="/health/ready">/health/ready</a> says how it is.</p>
<p>Ballast gives no investment advice.</p>
"""


@router.get("/")
async def root() -> Response:
    """Go to the page."""
    return RedirectResponse("/ui/")


@router.get("/ui")
async def without_slash() -> Response:
    """Go to the page."""
    return RedirectResponse("/ui/")


@router.get("/ui/")
async def page() -> Response:
    """The page."""
    return HTMLResponse(PAGE)
