"""The files of deploy/: whole, in step with the code, and valid for the programs that read them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.settings import NAMES, PREFIX, read
from tests.support.paths import ROOT
from tests.support.programs import program

DEPLOY = ROOT / "deploy"
ENV = DEPLOY / "env.example"


def variables(path: Path) -> dict[str, str]:
    """Return what an environment file sets."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))


def test_the_environment_file_can_be_used_as_it_is() -> None:
    settings = read(variables(ENV))
    assert settings.allowed_origins == ("https://www.shop.example", "https://shop.example")
    assert settings.public_url == "https://bot.example"
    assert (settings.session_key, settings.rest) == ("", "local")


def test_every_variable_is_explained() -> None:
    lines = ENV.read_text("utf-8").splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if "=" in line and not line.startswith("#") and not before.startswith("#")
    ]
    assert bare == []


def test_no_secret_stands_in_the_files() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert not re.search(r"[0-9a-f]{32}|SESSION_KEY=\S", path.read_text("utf-8")), path


def test_only_the_proxy_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert "ports" not in compose["services"]["bot"]
    assert compose["services"]["caddy"]["ports"] == ["80:80", "443:443", "443:443/udp"]


def test_compose_sets_variables_that_exist(compose: dict[str, Any]) -> None:
    names = set(compose["services"]["bot"]["environment"])
    assert {name for name in names if name.startswith(PREFIX)} <= set(NAMES)
    said = compose["services"]["bot"]["environment"]["CHATBOT_TRUSTED_PROXIES"]
    assert said == compose["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert read({"CHATBOT_TRUSTED_PROXIES": said}).trusted_proxies


def test_compose_mounts_and_builds_what_is_there(compose: dict[str, Any]) -> None:
    build = compose["services"]["bot"]["build"]
    context = (DEPLOY / build["context"]).resolve()
    assert (context / build["dockerfile"]).exists()
    mounts = [volume for one in compose["services"].values() for volume in one["volumes"]]
    for mount in mounts:
        source = mount.split(":")[0]
        assert source in compose["volumes"] or (DEPLOY / source).exists(), mount


def test_what_the_image_keeps_is_kept_on_a_volume(compose: dict[str, Any]) -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text("utf-8")
    state = re.search(r"CHATBOT_STATE=(\S+)", dockerfile)
    assert state
    assert f"VOLUME {state[1]}" in dockerfile
    assert f"state:{state[1]}" in compose["services"]["bot"]["volumes"]


def test_the_image_is_made_of_what_is_there() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    steps = [line.split(None, 1) for line in dockerfile.splitlines() if re.match("[A-Z]+ ", line)]
    for kind, rest in steps:
        if kind == "COPY":
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
    kinds = [kind for kind, _ in steps]
    assert kinds.index("USER") < kinds.index("CMD")
    assert "3.10" in dict(map(tuple, steps))["FROM"]


def test_the_image_leaves_out_what_is_private() -> None:
    left_out = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {".*", "models", "tests"} <= set(left_out)
    for name in ("actions", "chatbot", "data", "lean", "config.yml", "uv.lock", "README.md"):
        assert name not in left_out


@pytest.mark.parametrize("place", ["Dockerfile", "systemd/chatbot.service"])
def test_the_command_that_is_run_exists(place: str) -> None:
    text = (DEPLOY / place).read_text("utf-8")
    found = re.search(r"chatbot (serve --[^\n]*)", text) or re.search(r'"(serve".*)\]', text)
    assert found
    options = re.findall(r"--[a-z-]+", found[1])
    command = [sys.executable, "-m", "chatbot.cli.main", "serve", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert options
    assert all(option in shown for option in options)


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    text = (DEPLOY / "systemd" / "chatbot.service").read_text("utf-8")
    # The verifier wants the program to be there.
    text = re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", text)
    unit = tmp_path / "chatbot.service"
    unit.write_text(text)
    done = subprocess.run(
        [analyze, "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "chatbot.service" in line]
    assert complaints == []


@pytest.mark.parametrize("page", ["web-channel.md", "deploy.md"])
def test_the_guides_name_what_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert set(re.findall(r"\bCHATBOT_[A-Z_]+\b", text)) - {"CHATBOT_"} <= set(NAMES)
    for path in re.findall(r"\bdeploy/[\w./-]+\w", text):
        assert (ROOT / path).exists() or path == "deploy/.env", path
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link


def test_every_setting_of_the_channel_is_in_its_guide() -> None:
    text = (ROOT / "docs" / "web-channel.md").read_text("utf-8")
    of_others = {"CHATBOT_KNOWLEDGE", "CHATBOT_LANGUAGE", "CHATBOT_LOG_LEVEL"}
    assert {name for name in set(NAMES) - of_others if name not in text} == set()
