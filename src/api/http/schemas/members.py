"""Who sees a portfolio."""

from api.http.schemas.answer import Answer


class Member(Answer):
    """A person by their id. Who opened the portfolio owns it; all else is the same for everybody.

    ``name`` is what they sign in as: null where nobody does, once an account is gone, and in answers to commands, which
    are kept for longer than names are.
    """

    user_id: str
    name: str | None
    is_owner: bool
