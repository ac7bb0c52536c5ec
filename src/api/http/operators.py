"""What routes ask for that change something for everybody."""

from http import HTTPStatus

from fastapi import Depends, Request

from api.http.access import ACaller
from api.http.asked import TheHouse
from api.http.problems import Problem
from api.operators import Operators


def by_operators(request: Request, house: TheHouse, caller: ACaller) -> None:
    """That its operators do it, where there are some. Raises Problem 403. In open mode there is one person, who may."""
    operators: Operators | None = request.app.state.operators
    if caller is None or operators is None:
        return
    account = house.accounts.by_id(caller.user_id)
    if account is None or not operators.include(account):
        sentence = "This concerns everybody who uses this Ballast: those whom BALLAST_OPERATORS names do it."
        raise Problem(HTTPStatus.FORBIDDEN, sentence, kind="operators-only")


ByOperators = Depends(by_operators)
