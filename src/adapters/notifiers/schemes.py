"""Which of apprise's addresses a channel may have: services of the net, none of this machine or of its desktop."""

from urllib.parse import urlsplit

SEALED = frozenset(
    {"mailtos", "ntfys", "jsons", "forms", "xmls", "gotifys", "signals", "hassios", "mmosts", "rockets"}
    | {"tgram", "discord", "slack", "pover", "zulip"}
)
"""Over TLS, always."""

PLAIN = frozenset({"mailto", "ntfy", "json", "form", "xml", "gotify", "signal", "hassio", "mmost", "rocket"})
"""Without TLS, as at home: only to what the operator allows."""


def scheme_of(url: str) -> str:
    """How an address begins. Raises ValueError, without a word of the address, where no channel may begin so."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme not in SEALED | PLAIN:
        known = ", ".join(sorted(SEALED))
        raise ValueError(f"An address begins with one of {known}")
    return scheme
