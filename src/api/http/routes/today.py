"""Today: is everything all right, and is anything wanted of me?"""

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer
from api.http.asked import TheHouse, UpToDate
from api.http.documents import answers
from api.http.glances import today
from api.http.schemas.today import Today

router = APIRouter(tags=["today"])


@router.get("/today", responses=answers(Today), response_model=None, dependencies=[UpToDate])
def get(house: TheHouse, principal: Principal) -> Response:
    """One's live portfolios at a glance, what waits for one, and how that reads in a sentence."""
    return json_answer(encode(today(house, principal)))
