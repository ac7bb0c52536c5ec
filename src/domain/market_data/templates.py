"""Addresses and field paths with places to fill in: ``https://a.example/quote/{symbol}``, ``rates.{quote}``."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

PLACE = re.compile(r"\{([a-z]+)\}")
URL_LETTERS_MAX = 2_000


def places(template: str) -> set[str]:
    """The names of what is to be filled in. Raises ValueError for a brace that belongs to no place."""
    if set("{}") & set(PLACE.sub("", template)):
        raise ValueError("has a brace that belongs to no place such as {symbol}")
    return set(PLACE.findall(template))


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its places filled in as they are."""
    return PLACE.sub(lambda place: values[place[1]], template)


def filled_url(template: str, values: Mapping[str, str]) -> str:
    """The address with its places filled in, spelled so that none reaches beyond its own place."""
    return PLACE.sub(lambda place: quote(values[place[1]], safe=""), template)


def check_url(template: str) -> str:
    """Answer an address that can be asked, whatever its places. Raises ValueError."""
    places(template)
    if len(template) > URL_LETTERS_MAX or not all("!" <= letter <= "~" for letter in template):
        raise ValueError(
            f"must be an address of at most {URL_LETTERS_MAX} visible ASCII letters, without spaces"
        )
    try:
        parts = urlsplit(template)
        port = parts.port
    except ValueError:
        raise ValueError("must be an address such as https://prices.example/{symbol}") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValueError("must be an address that begins with https://, or http://, and a host")
    if PLACE.search(parts.netloc):
        raise ValueError("must name its host outright: places come after it")
    if "@" in parts.netloc:
        raise ValueError("must not have a name or a password in its address")
    if parts.fragment:
        raise ValueError("must not have a fragment in its address")
    return template


def host_of(template: str) -> str:
    """Whom an address speaks to, and how: ``https://prices.example``."""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc.lower()}"
