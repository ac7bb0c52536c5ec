"""What the page knows of the API is what the API says of itself."""

import hashlib
import json
from pathlib import Path

from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from over_http import HERE, configuration

WEB = Path(__file__).parents[2] / "web"


def test_the_pages_types_are_made_from_todays_document(house: House) -> None:
    client = TestClient(create_app(house, configuration()), base_url=HERE)
    document = json.dumps(client.get("/openapi.json").json(), indent=1, sort_keys=True)

    first_line = (WEB / "src/api/schema.d.ts").read_text().splitlines()[0]

    current = hashlib.sha256(document.encode()).hexdigest()
    assert first_line.endswith(current), "the page's types are stale: run `make page-types` (it needs npm)"


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())

    assert lock["packages"]
    assert [name for name, each in lock["packages"].items() if "resolved" in each] == []
