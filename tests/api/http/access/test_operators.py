"""What concerns everybody is done by the operators, where some are named, and by everybody where none are."""

from uuid import UUID

from starlette.testclient import TestClient

from api.wiring import House
from over_http import AT, HERE, configuration, open_example, refused
from people import account, another, bearing, guarded, sign_in, token

L, LETTER = f"/listings/{UUID(int=1)}", f"/system/dead-letters/{UUID(int=2)}"
WHY = {"reason": "So it is."}
OF_EVERYBODY = {
    ("POST", "/prices"): {"quotes": [{"listing_id": str(UUID(int=1)), "last": "9", "as_of": AT}]},
    ("POST", "/fx-rates"): {"rates": [{"base": "USD", "quote": "GBP", "rate": "0.75", "as_of": AT}]},
    ("POST", "/dividends"): {},
    ("POST", "/splits"): {},
    ("POST", "/mergers"): {},
    ("POST", f"{L}/quarantine/release"): WHY,
    ("POST", f"{L}/quarantine/discard"): WHY,
    ("POST", f"{L}/symbol"): WHY | {"symbol": "KO"},
    ("POST", f"{L}/retire"): WHY,
    ("PATCH", L): {"name": "Coca-Cola"},
    ("PUT", f"{L}/thresholds"): {},
    ("PATCH", f"/instruments/{UUID(int=3)}"): {"name": "Coca-Cola"},
    ("POST", f"{LETTER}/retry"): None,
    ("POST", f"{LETTER}/dismiss"): None,
    ("GET", "/metrics/prometheus"): None,
}


def kept_from(client: TestClient) -> set[tuple[str, str]]:
    """What is not for somebody."""
    answers = {asked: client.request(*asked, json=body) for asked, body in OF_EVERYBODY.items()}
    return {
        asked
        for asked, answer in answers.items()
        if answer.status_code == 403 and refused(answer, 403)["type"] == "/problems/operators-only"
    }


def test_who_is_not_named_changes_nothing_that_concerns_everybody(house: House) -> None:
    """An operator does, with a program too; and everybody has their own portfolio, on a listing of their own."""
    anna, _ = account(house), account(house, "Berta")
    with guarded(house, operators=" ANNA,carla") as door:
        sign_in(door)
        berta = another(door)
        sign_in(berta, "Berta")

        assert kept_from(berta) == set(OF_EVERYBODY)
        assert kept_from(door) == set()
        assert kept_from(bearing(door, token(door)["secret"])) == set()
        open_example(berta)
    with guarded(house, operators=anna.user_id) as door:
        sign_in(door)
        assert kept_from(door) == set()


def test_where_nobody_is_named_everybody_is_one(house: House) -> None:
    account(house)
    for named in (None, "", " , "):
        with guarded(house, operators=named) as door:
            sign_in(door)
            assert kept_from(door) == set()


def test_the_person_at_this_machine_is_always_one(client: TestClient) -> None:
    client.app.state.operators = configuration(operators="somebody else").known_operators()  # type: ignore[attr-defined]

    assert kept_from(client) == set()


def test_a_name_that_people_choose_at_an_issuer_makes_nobody_an_operator(house: House) -> None:
    """Only an id does, which nobody chooses."""
    anna = account(house)
    at_issuer = {
        "auth": "oidc",
        "oidc_issuer": "http://127.0.0.1:1",
        "oidc_client_id": "ballast",
        "public_url": HERE,
    }
    known = configuration(**at_issuer, operators="Anna").known_operators()
    everybody = configuration(**at_issuer, oidc_admit="everybody", operators="Anna").known_operators()
    by_id = configuration(**at_issuer, oidc_admit="everybody", operators=anna.user_id).known_operators()

    assert known is not None
    assert everybody is not None
    assert by_id is not None
    assert (known.include(anna), everybody.include(anna), by_id.include(anna)) == (True, False, True)
