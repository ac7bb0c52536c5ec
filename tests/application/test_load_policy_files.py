"""Strategies in files: put forward once for each content, never approved, and told about when something is wrong."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios
from application.policies import Strategy
from domain.policy import read
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import IN_SESSION, by_hand
from policy_examples import document
from projections import alerts

Write = Callable[..., None]


@pytest.fixture
def pension(house: House, tmp_path: Path) -> UUID:
    """An advisory portfolio in pounds, of a house that looks at the test's folder."""
    house.ledger.clock = lambda: IN_SESSION
    house.policies_folder = tmp_path
    return portfolios.open_portfolio(
        house.ledger,
        by_hand(house),
        house.ledger.new_id(),
        title="Pension",
        currency="GBP",
        mode="advisory",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    ).answer.id


@pytest.fixture
def write(tmp_path: Path, pension: UUID) -> Write:
    """Put files into the portfolio's folder that nobody has written to for an hour."""

    def write(
        policy: Any, manifesto: str | None = None, folder: str = str(pension), name: str = "p.json"
    ) -> None:
        (tmp_path / folder).mkdir(exist_ok=True)
        texts = {name: policy if isinstance(policy, str) else json.dumps(policy), "manifesto.md": manifesto}
        for each, text in texts.items():
            if text is not None:
                path = tmp_path / folder / each
                path.write_text(text)
                os.utime(path, (path.stat().st_mtime - 3600,) * 2)

    return write


def state(house: House, portfolio_id: UUID) -> Portfolio:
    found = house.ledger.load(PORTFOLIO, portfolio_id).state
    assert found is not None
    return found


def told(house: House) -> list[tuple[str, str]]:
    """Alerts raised and resolved, each with its sentence."""
    with house.pool.connection() as connection:
        events = house.log.read(connection, 0, 1_000)
    return [(each.event.name, each.event.sentence()) for each in events if each.event.stream_kind == "alert"]


def test_files_become_the_draft_once_and_nobody_approves_it(
    house: House, pension: UUID, write: Write
) -> None:
    write(document(), "# Mine\n\nCore is {{targets.core | percent}}.\n")
    assert house.load_policy_files() == 1
    draft = state(house, pension).draft
    assert draft is not None
    assert (draft.version, state(house, pension).policy) == ("1.0.0", None)
    assert (
        house.archives.text(draft.manifesto_hash or "") == "# Mine\n\nCore is {{targets.core | percent}}.\n"
    )
    assert house.load_policy_files() == 0

    house.approve_policy(by_hand(house), pension)
    house.draft_policy(by_hand(house), pension, Strategy(read(json.dumps(document(version="by hand"))), None))
    assert house.load_policy_files() == 0
    write(document(version="2"))
    assert house.load_policy_files() == 1
    assert (state(house, pension).draft or draft).version == "2"
    assert told(house) == []


def test_everything_wrong_is_one_alert_until_it_is_right(
    house: House, pension: UUID, write: Write, new_house: Callable[[], House], tmp_path: Path
) -> None:
    write(document(targets__core=0.3, surprise=1), "Mine: {{targets.core}}")
    assert house.load_policy_files() == 0
    again = new_house()
    again.policies_folder = tmp_path
    assert again.load_policy_files() == 0
    wrong = (
        f"The files in policies/{pension} are no draft. surprise: This key is not known."
        " targets: The weights must sum to 1, and sum to 0.95."
    )
    assert told(house) == [("alert.raised.1", wrong)]
    assert state(house, pension).draft is None

    write(document(), "Mine: {{targets.cor}}")
    house.load_policy_files()
    write(document(), "Mine: {{targets.core}}")
    assert house.load_policy_files() == 1
    assert [name for name, _ in told(house)] == ["alert.raised.1", "alert.resolved.1"] * 2
    assert told(house)[2][1].endswith("manifesto: Line 1: The policy has no figure for {{targets.cor}}.")


@pytest.mark.parametrize(
    ("folder", "name", "problem"),
    [
        ("somewhere", "p.json", "must be named by the id of a portfolio"),
        (str(UUID(int=5)), "p.json", "must be named by the id of a portfolio"),
        (None, "only.md", "There must be a policy beside only.md"),
    ],
)
def test_what_belongs_to_nobody_or_is_no_policy_is_told(
    house: House, pension: UUID, write: Write, folder: str | None, name: str, problem: str
) -> None:
    write(document(), folder=folder or str(pension), name=name)
    assert house.load_policy_files() == 0
    assert house.load_policy_files() == 0
    [(_, sentence)] = told(house)
    assert problem in sentence


def test_each_wrong_folder_is_told_by_itself(house: House, pension: UUID, write: Write) -> None:
    """And its alert ends with it, not with another's."""
    for folder in ("mine", "theirs"):
        write(document(), folder=folder)
    house.load_policy_files()
    write(document(version="2"), folder="mine")
    house.load_policy_files()

    with house.pool.connection() as connection:
        found = alerts.page(connection, "local", is_open=True)
    assert sorted((each["rule"], each["message"].split()[3]) for each in found) == [
        ("policy_files/mine", "policies/mine"),
        ("policy_files/theirs", "policies/theirs"),
    ]


def test_two_policies_are_none_and_a_file_that_is_written_to_is_left(
    house: House, pension: UUID, write: Write, tmp_path: Path
) -> None:
    write(document())
    busy = tmp_path / str(pension) / "other.json"
    busy.write_text("{")
    assert house.load_policy_files() == 0
    assert told(house) == []
    os.utime(busy, (busy.stat().st_mtime - 3600,) * 2)
    house.load_policy_files()
    [(_, sentence)] = told(house)
    assert sentence.endswith("and there are other.json and p.json.")
    assert state(house, pension).draft is None
