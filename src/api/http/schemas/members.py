"""Who sees a portfolio."""

from api.http.schemas.answer import Answer


class Member(Answer):
    """A person by their id. Who opened the portfolio owns it; all else is the same for everybody."""

    user_id: str
    is_owner: bool
