"""``compose.yaml`` is what the Compose specification says, and lets nobody do more than their work takes.

No engine runs here: whether the images start is not shown. What their scripts do, is.
"""

import copy
import json
import re
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose
from pydantic import SecretStr

from adapters.seals.sealing import Sealer
from adapters.traces.opening import ENDPOINTS
from api.cli.up import ROLES
from api.configuration import Configuration

ROOT = Path(__file__).parents[2]
OWN = {"migrate", *ROLES}
EXACT = re.compile(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+(-[a-z]+)?)?$")
SECRET_NAMES = re.compile(r"PASSWORD|SECRET|_KEY|DATABASE_URL|REDIS_URL")
NO_SECRET = {"BALLAST_S3_KMS_KEY": "what a key is called at its store"}
NOT_PASSED_ON = {
    "BALLAST_PORT": "a container's port is published by nobody but the proxy, which knows it",
    "BALLAST_PAGE": "the page lies in the image where the sources look for it",
}
DECIDED = {
    "BALLAST_DATA": "the volume",
    "BALLAST_HOST": "inside the container",
    "BALLAST_TRUSTED_PROXIES": "the network of the proxy",
    "BALLAST_PUBLIC_URL": "BALLAST_DOMAIN",
}
SETTINGS = {field.alias: field for field in Configuration.model_fields.values() if field.alias is not None}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, its anchors resolved."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return {key: value for key, value in document.items() if not key.startswith("x-")}


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Its services by name."""
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def problem(document: Mapping[str, Any]) -> str | None:
    """What the specification has against a document."""
    try:
        PyCompose.from_json(json.dumps(document)).validate()
    except ValueError as error:
        return str(error)
    return None


def test_it_is_as_the_specification_says(compose: dict[str, Any]) -> None:
    assert problem(compose) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("read_olny", True),
        ("read_only", "maybe"),
        ("depends_on", {"postgres": {"condition": "service_hearty"}}),
        ("networks", ["nowhere"]),
        ("secrets", ["UNTOLD"]),
        ("stop_grace_period", "a while"),
    ],
)
def test_what_the_specification_does_not_know_would_be_noticed(
    compose: dict[str, Any], key: str, value: object
) -> None:
    broken = copy.deepcopy(compose)
    broken["services"]["api"][key] = value
    assert problem(broken) is not None


def test_every_role_is_there_and_waits_for_the_migration(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == OWN | {"postgres", "redis", "proxy"}
    for name in ROLES:
        assert services[name]["command"] == [name]
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_only_the_proxy_can_be_reached_from_outside(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert not any("network_mode" in service for service in services.values())
    for name in ("postgres", "redis"):
        assert services[name]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    assert "inside" not in services["proxy"]["networks"]


def test_nobody_may_more_than_they_need(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        if name != "proxy":
            assert service["user"].partition(":")[0] not in ("0", "root"), name
            assert "cap_add" not in service, name


def test_images_are_named_exactly(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service.get("build") == "." if name in OWN else EXACT.match(service["image"]), name


def test_secrets_are_files_and_never_in_the_environment(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    for name, service in services.items():
        for variable in service.get("environment", {}):
            is_secret = SECRET_NAMES.search(variable) and variable not in NO_SECRET
            assert variable.endswith("_FILE") or not is_secret, (name, variable)
    for name in OWN:
        assert "POSTGRES_PASSWORD" not in services[name]["secrets"]
    assert all(secret.keys() == {"file"} for secret in compose["secrets"].values())


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_setting_reaches_every_role(services: dict[str, dict[str, Any]], name: str) -> None:
    """As a variable of the same name or as a secret, but for what this file decides or has no use for."""
    given = services[name]["environment"].keys() | set(services[name]["secrets"])
    of_api_alone = set() if name == "api" else {"BALLAST_HOST", "BALLAST_TRUSTED_PROXIES"}
    wanted = SETTINGS.keys() - NOT_PASSED_ON.keys() - of_api_alone
    assert wanted - given == set()
    assert given - wanted == set(ENDPOINTS)


def test_what_is_passed_on_is_unset_unless_somebody_sets_it(services: dict[str, dict[str, Any]]) -> None:
    """``NAME:`` without a value passes it on; ``${NAME:-}`` would set it to nothing, and ``${NAME}`` warn."""
    for name, value in services["api"]["environment"].items():
        if name not in {*DECIDED, "BALLAST_AUTH"}:
            assert value is None, name


def test_the_runbook_knows_every_setting() -> None:
    table = (ROOT / "docs" / "runbook.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    assert {name for name in SETTINGS if f"`{name}`" not in table} == set()


def test_whatever_is_empty_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As secrets are that nobody has filled in, and variables of a shell."""
    for name in ("BALLAST_S3_ACCESS_KEY", "BALLAST_S3_SECRET_KEY", "BALLAST_OIDC_CLIENT_SECRET"):
        (tmp_path / name).write_text("\n")
    (tmp_path / "BALLAST_LLM_KEY").write_text("filled in\n")
    before = Configuration()
    for name in SETTINGS.keys() - {path.name for path in tmp_path.iterdir()}:
        monkeypatch.setenv(name, "")

    read = Configuration(_secrets_dir=tmp_path)

    assert read.llm_key is not None
    assert read.model_dump(exclude={"llm_key"}) == before.model_dump(exclude={"llm_key"})


def test_whatever_is_asked_for_says_whether_it_is_well(services: dict[str, dict[str, Any]]) -> None:
    for name in ("postgres", "redis", "api", "proxy"):
        assert services[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name


def test_every_volume_is_named_and_every_file_is_here(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in compose["volumes"], (
                volume
            )


def test_the_secrets_are_made_once_and_for_their_owner_alone(compose: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    command = ["sh", str(ROOT / "deploy" / "make-secrets.sh"), str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    made = {path.name: path.read_text() for path in folder.iterdir()}

    assert set(made) == set(compose["secrets"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert made["DATABASE_PASSWORD"].strip() in made["DATABASE_URL"]
    filled = {name: text for name, text in made.items() if text.strip()}
    assert len(set(filled.values())) == len(filled)
    assert set(made) - set(filled) == {
        *("BALLAST_OIDC_CLIENT_SECRET", "BALLAST_LLM_KEY"),
        *("BALLAST_S3_ACCESS_KEY", "BALLAST_S3_SECRET_KEY"),
    }
    assert len(Sealer(SecretStr(made["BALLAST_SEALING_KEY"])).ids) == 1

    (folder / "REDIS_PASSWORD").unlink()
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    again = {path.name: path.read_text() for path in folder.iterdir()}
    assert {name for name in made if again[name] != made[name]} == {"REDIS_PASSWORD", "REDIS_URL"}


def test_the_image_installs_by_hashes_and_runs_as_nobody_in_particular() -> None:
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(bases) > 1
    assert all(EXACT.match(base) for base in bases)
    installs = [
        part for line in lines if line.startswith("RUN") for part in line.split("&&") if "pip install" in part
    ]
    assert installs
    assert all("--require-hashes" in part or "--no-deps" in part for part in installs)
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert "USER ballast" in last
    assert not any(line.startswith("RUN") and "pip" in line for line in last)
