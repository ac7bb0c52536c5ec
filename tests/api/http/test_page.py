"""The page: its files, the addresses of its screens, and what stands there while it is not built."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from over_http import HERE, configuration, refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page as it was built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Ballast</title>")
    (tmp_path / "assets" / "index-1a2b.js").write_text("page()")
    (tmp_path / "secret.txt").write_text("not for the page")
    return tmp_path


@pytest.fixture
def browser(house: House, folder: Path) -> TestClient:
    """Somebody at that page; nothing that it asks for needs the lifespan."""
    return TestClient(create_app(house, configuration(page=folder)), base_url=HERE)


@pytest.mark.parametrize("address", ["/ui/", "/ui/positions", "/ui/positions/1?portfolio=2", "/ui/made/up"])
def test_every_screens_address_answers_the_page(browser: TestClient, address: str) -> None:
    answer = browser.get(address)

    assert answer.status_code == 200
    assert answer.text == "<!doctype html><title>Ballast</title>"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_files_with_a_hash_in_their_name_are_kept_for_good(browser: TestClient) -> None:
    answer = browser.get("/ui/assets/index-1a2b.js")

    assert answer.text == "page()"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "address",
    ["/ui/assets/gone.js", "/ui/assets/..%2Fsecret.txt", "/ui/assets/..%2Findex.html", "/ui/assets/.."],
)
def test_nothing_beside_the_files_is_to_be_had(browser: TestClient, address: str) -> None:
    answer = browser.get(address)

    assert "secret" not in answer.text
    if answer.status_code != 200:  # a client may have tidied the address up to the page's own
        refused(answer, 404)
    assert "not for the page" not in browser.get("/ui/secret.txt").text


def test_the_roots_lead_to_the_page(browser: TestClient) -> None:
    for address in ("/", "/ui"):
        answer = browser.get(address, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (307, "/ui/")


def test_an_unbuilt_page_says_how_to_get_it_and_is_there_once_it_is_built(
    house: House, tmp_path: Path
) -> None:
    client = TestClient(create_app(house, configuration(page=tmp_path / "dist")), base_url=HERE)

    assert "<code>make page</code>" in client.get("/ui/").text

    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("built")
    assert client.get("/ui/positions").text == "built"
