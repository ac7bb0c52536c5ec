"""A person as the log knows them: an id, and nothing else. Names and secrets lie beside the log."""

import unicodedata

LOCAL = "local"
"""The person at this machine: actor of what they do and owner of what they open, as long as nobody signs in."""

PASSWORD_CHARACTERS_MIN = 12
PASSWORD_CHARACTERS_MAX = 200


def name_key(name: str) -> str:
    """A name as it is compared: ``Anna`` and ``ANNA`` are one person."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def password_text(password: str) -> str:
    """A password as it is hashed, whatever keyboard composed its letters (NIST SP 800-63B §3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def password_objection(name: str, password: str) -> str | None:
    """Why a password is no good, in a sentence; None for a good one. Length counts, not kinds of characters."""
    text = password_text(password)
    if len(text) < PASSWORD_CHARACTERS_MIN:
        return f"A password has at least {PASSWORD_CHARACTERS_MIN} characters."
    if len(text) > PASSWORD_CHARACTERS_MAX:
        return f"A password has at most {PASSWORD_CHARACTERS_MAX} characters."
    if len(set(text)) < PASSWORD_CHARACTERS_MIN // 3:
        return "A password of so few different characters is guessed too soon."
    if name_key(name) in name_key(text) and len(text) - len(name) < PASSWORD_CHARACTERS_MIN // 2:
        return "A password must be more than the name."
    return None
