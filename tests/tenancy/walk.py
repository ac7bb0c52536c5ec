"""Walks every route as one person, in a process of its own: what comes of it is printed as JSON.

python walk.py < {"database_url", "redis_url", "namespace", "token", "ids", "secrets"}
"""

import json
import sys
from datetime import datetime
from typing import Any

import structlog
from pydantic import SecretStr
from starlette.testclient import TestClient

import projections.members
from adapters.seals.sealing import new_sealing_key
from api.http.app import create_app
from api.wiring import House
from examples import IN_SESSION
from over_http import HERE, configuration
from tenancy.routes import CASES

KEY = SecretStr(new_sealing_key())


def main() -> None:
    """Ask everything, and say what was answered with whose ids."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    told: dict[str, Any] = json.load(sys.stdin)
    house = House(told["database_url"], told["redis_url"], clock=_now, namespace=told["namespace"])
    house.sealing_key = lambda: KEY
    with TestClient(create_app(house, configuration(auth="password")), base_url=HERE) as client:
        client.headers["Authorization"] = f"Bearer {told['token']}"
        found = {case.name: case.ask(client, told["ids"]) for case in CASES}
    house.close()
    answers = {
        case.name: {
            "status": found[case.name].status_code,
            "shown": [
                secret
                for secret in told["secrets"]
                if secret in found[case.name].text
                and secret not in f"{case.address(told['ids'])} {case.body(told['ids'])}"
            ],
        }
        for case in CASES
    }
    sys.stdout.write(json.dumps({"from": projections.members.__file__, "answers": answers}))


def _now() -> datetime:
    return IN_SESSION


if __name__ == "__main__":
    main()
