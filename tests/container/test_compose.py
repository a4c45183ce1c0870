"""The compose files are valid, lock every service in, and give the bot nothing but settings that it knows."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.settings import look
from tests.container.compose import FILES, read

MANUAL = FILES["postgresql"].parent / "docs" / "deploy.md"
SERVICES = [(kind, name) for kind in FILES for name in read(FILES[kind])["services"]]


def service(kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = read(FILES[kind])["services"][name]
    return found


def test_they_follow_the_specification_of_compose() -> None:
    """By the specification's own schema, which comes with a package: a misspelt key would be refused."""
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    assert subprocess.run([*schema, *FILES.values()], check=False, capture_output=True).returncode == 0


def test_the_specification_does_refuse_a_slip(tmp_path: Path) -> None:
    slip = tmp_path / "compose.yaml"
    slip.write_text(FILES["postgresql"].read_text().replace("read_only:", "readonly:"))
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    refused = subprocess.run([*schema, slip], check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "readonly" in refused.stdout


@pytest.mark.parametrize(("kind", "name"), SERVICES)
def test_every_service_is_locked_in(kind: str, name: str) -> None:
    says = service(kind, name)
    assert says["read_only"] is True
    assert says["cap_drop"] == ["ALL"]
    assert says["security_opt"] == ["no-new-privileges:true"]
    assert says["ulimits"] == {"core": 0}
    assert says["mem_limit"] == says["memswap_limit"]
    assert 0 < says["pids_limit"] <= 128
    assert all("noexec,nosuid,nodev" in line for line in says["tmpfs"])
    assert {"max-size", "max-file"} <= set(says["logging"]["options"])
    assert {"ports", "privileged", "cap_add", "devices", "pid", "ipc", "network_mode"} & set(says) == set()
    assert "docker.sock" not in json.dumps(says)


@pytest.mark.parametrize("kind", FILES)
def test_secrets_come_from_files_and_stand_nowhere_else(kind: str) -> None:
    whole = read(FILES[kind])
    assert whole["secrets"] == {name: {"file": f"./secrets/{name}"} for name in whole["secrets"]}, (
        "only files, as they are"
    )
    written = [name for name in whole["secrets"] if f"secrets/{name}" not in MANUAL.read_text()]
    assert written == [], "the manual says how to make each"
    for name in whole["services"]:
        assert isinstance(service(kind, name)["secrets"], list)


@pytest.mark.parametrize("kind", FILES)
def test_the_bot_understands_its_settings(kind: str, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("1:text")
    environment = {**service(kind, "bot")["environment"], "BOT_TOKEN_FILE": str(token)}
    found, problems = look(environment, tmp_path)
    assert problems == {}
    assert str(found.key_dir) == "/keys"
    assert found.listen_host == "127.0.0.1", "nothing outside the container is answered"
    assert "PASSWORD" not in json.dumps(environment).upper().replace("PGPASSFILE", "")


def test_keys_and_database_are_never_on_one_volume() -> None:
    for kind in FILES:
        whole = read(FILES[kind])
        mounted = {
            line.split(":")[1]: line.split(":")[0] for says in whole["services"].values() for line in says["volumes"]
        }
        assert mounted["/keys"] == "keys"
        assert list(mounted.values()).count("keys") == 1


def test_the_bot_is_the_same_with_both_databases() -> None:
    differs = {"environment", "secrets", "volumes", "networks", "depends_on"}
    one, other = ({k: v for k, v in service(kind, "bot").items() if k not in differs} for kind in FILES)
    assert one == other


def test_the_database_reaches_nothing_and_is_reached_by_the_bot_alone() -> None:
    whole = read(FILES["postgresql"])
    assert whole["networks"]["inside"] == {"internal": True}
    assert service("postgresql", "database")["networks"] == ["inside"]
    assert service("postgresql", "bot")["networks"] == ["outside", "inside"]
    assert service("postgresql", "bot")["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_there_is_time_to_finish() -> None:
    for kind in FILES:
        assert service(kind, "bot")["stop_grace_period"] == "30s"


def test_the_unit_of_the_manual_locks_the_service_in() -> None:
    block = re.search(r"```ini\n(.*?)```", MANUAL.read_text(), re.DOTALL)
    assert block is not None
    lines = set(block[1].splitlines())
    wanted = """User=pana NoNewPrivileges=yes CapabilityBoundingSet= ProtectSystem=strict LimitCORE=0 MemorySwapMax=0
        PrivateTmp=yes UMask=0077 TimeoutStopSec=30 Restart=always PrivateDevices=yes ProtectHome=yes"""
    assert [line for line in wanted.split() if line not in lines] == []
    assert "BOT_TOKEN=" not in block[1]


def test_the_other_way_of_the_manual_lets_the_service_read_the_program() -> None:
    """Whoever installs with `umask 077` would have a program that its own account cannot read."""
    steps = MANUAL.read_text().partition("## With systemd")[2].split("```")[1]
    installed, opened = steps.index("pip install"), steps.index("\nchmod -R a+rX /opt/pana\n")
    assert installed < opened < steps.index("/etc/pana")
