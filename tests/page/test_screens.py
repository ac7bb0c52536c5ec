"""Every screen: nothing in anybody's way, light and dark; on a narrow phone; asking nobody else."""

from contextlib import closing
from typing import Literal

import pytest
from playwright.sync_api import Browser

from api.seed import seed
from api.wiring import House
from page.visitor import PHONE, Visitor
from projections import position_sources

BESIDE = ("/portfolio", "/portfolios/new", "/listings/new")
"""Screens that the navigation does not have."""


@pytest.fixture
def seeded(running: House) -> House:
    """The house as a first start finds it."""
    seed(running)
    return running


def every_screen(visitor: Visitor, house: House) -> list[str]:
    """Those of the navigation, a position's own, and those beside."""
    visitor.goes_to("/")
    with house.pool.connection() as connection:
        (first, *_) = position_sources.page(connection, "local", None, None, 1)
    return [*visitor.screens(), f"/positions/{first.position.id}", *BESIDE]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_in_anybodys_way(
    chromium: Browser, address: str, seeded: House, theme: Literal["light", "dark"]
) -> None:
    with closing(Visitor.arrives(chromium, address, theme=theme)) as visitor:
        found = {}
        for screen in every_screen(visitor, seeded):
            visitor.goes_to(screen)
            found[screen] = visitor.barriers()

        assert {screen: barriers for screen, barriers in found.items() if barriers} == {}
        assert visitor.objections == []


def test_a_narrow_phone_needs_no_scrolling_sideways(chromium: Browser, address: str, seeded: House) -> None:
    with closing(Visitor.arrives(chromium, address, width=PHONE)) as visitor:
        wide = []
        for screen in every_screen(visitor, seeded):
            visitor.goes_to(screen)
            if visitor.wider_than_its_window():
                wide.append(screen)

        assert wide == []
