"""Whose money a portfolio moves: what a person must never have to ask."""

from typing import Literal

from domain.portfolio.state import Portfolio

KindOfMoney = Literal["paper", "live", "by hand"]


def kind_of_money(portfolio: Portfolio) -> KindOfMoney:
    """Paper, real at a broker, or real and moved by a person who places the orders."""
    if portfolio.mode == "advisory":
        return "by hand"
    broker = portfolio.broker
    return "paper" if broker.kind == "paper" or broker.environment == "paper" else "live"
