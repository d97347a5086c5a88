"""`chatbot serve` and `chatbot chat`, from start to stop."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.command import Chatbot, Done, Server

TRACE = "Traceback"


@pytest.fixture(scope="module")
def server(trained_small_bot: Path) -> Iterator[Server]:
    with Chatbot(trained_small_bot).serve() as running:
        yield running


def test_it_answers_over_rest(server: Server) -> None:
    assert server.ask("hello there") == ["You said: hello there"]


def test_it_listens_on_this_machine_only(server: Server) -> None:
    process = psutil.Process(server.process.pid)
    hosts = {
        connection.laddr.ip
        for part in (process, *process.children())
        for connection in part.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert hosts == {"127.0.0.1"}


def test_the_api_is_closed_unless_asked_for(server: Server) -> None:
    assert server.get("/conversations/test/tracker").status_code == 404


def test_a_second_bot_runs_beside_the_first(server: Server, trained_small_bot: Path) -> None:
    with Chatbot(trained_small_bot).serve() as second:
        assert second.ask("hello") == server.ask("hello")


def test_a_busy_port_is_an_error_before_anything_slow(
    server: Server, trained_small_bot: Path
) -> None:
    port = server.url.rsplit(":", 1)[1]
    done = Chatbot(trained_small_bot).run("serve", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_a_failing_action_is_apologised_for(server: Server) -> None:
    assert "orry" in server.ask("hello, please fail", sender="unlucky")[0]
    assert server.ask("hello again", sender="unlucky") == ["You said: hello again"]


def test_a_message_survives_the_death_of_the_action_server(server: Server) -> None:
    [before] = server.ask("hello, who are you")
    server.action_server().kill()
    [after] = server.ask("hello, who are you")
    assert after.startswith("You said: process")
    assert after != before


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(small_bot: Chatbot, how: signal.Signals) -> None:
    with small_bot.serve() as server:
        server.ask("hello")
        stopped = server.stop(how)
    assert (stopped.code, stopped.orphans) == (0, [])
    assert stopped.seconds < 5
    assert TRACE not in stopped.output


def test_no_action_server_survives_a_kill(small_bot: Chatbot) -> None:
    with small_bot.serve() as server:
        assert server.stop(signal.SIGKILL).orphans == []


def test_it_can_be_stopped_while_it_starts(small_bot: Chatbot) -> None:
    server = Server(small_bot.folder, "--port", "0")
    wait_for_child(server)
    stopped = server.stop()
    assert (stopped.code, stopped.orphans) == (0, [])
    assert TRACE not in stopped.output


def wait_for_child(server: Server) -> None:
    process = psutil.Process(server.process.pid)
    while not process.children():
        assert process.is_running()


def test_it_trains_a_bot_that_has_changed(small_bot: Chatbot) -> None:
    topics = small_bot.folder / "data" / "topics.yml"
    topics.write_text(topics.read_text().replace("- hello", "- ahoy"))
    with small_bot.serve() as server:
        assert server.ask("ahoy") == ["You said: ahoy"]


def test_the_api_shows_what_the_reply_was_about(real_bot: Chatbot) -> None:
    with real_bot.serve("--enable-api") as server:
        server.ask("What does a CRM specialist do?", sender="ann")
        slots = server.get("/conversations/ann/tracker").json()["slots"]
    assert slots["answered"]["topic"] == "duties"
    assert slots["answered"]["roles"] == ["crm-specialist"]


def test_an_action_server_that_does_not_come_up_is_an_error(small_bot: Chatbot) -> None:
    (small_bot.folder / "actions" / "broken.py").write_text("import no_such_module")
    done = small_bot.run("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the action server ended at once" in done.stderr
    assert "no_such_module" in done.stderr


def test_an_unknown_channel_is_an_error_that_names_the_file(small_bot: Chatbot) -> None:
    (small_bot.folder / "credentials.yml").write_text("rset:")
    done = small_bot.run("serve", "--port", "0")
    assert done.returncode == 1
    assert f"{small_bot.folder}/credentials.yml" in done.stderr
    assert "'rset'" in done.stderr


def test_a_bot_that_cannot_be_trained_is_not_served(small_bot: Chatbot) -> None:
    shutil.rmtree(small_bot.folder / "models")
    (small_bot.folder / "domain.yml").write_text("intents: [")
    done = small_bot.run("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "domain.yml: not YAML" in done.stderr


@pytest.fixture(scope="module")
def shell_folder(trained_small_bot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(
        trained_small_bot, tmp_path_factory.mktemp("shell") / "bot", symlinks=True
    )


@pytest.fixture(scope="module")
def shell(shell_folder: Path) -> Done:
    return Chatbot(shell_folder).run(
        "chat", typed="hello you\nhello, please fail\nhello again\n/stop\nhello too late\n"
    )


def test_the_shell_answers(shell: Done) -> None:
    assert shell.stdout.count("Your input ->") > 1
    assert "You said: hello you" in shell.stdout


def test_the_shell_ends_with_stop(shell: Done) -> None:
    assert shell.returncode == 0
    assert "too late" not in shell.stdout


def test_the_shell_goes_on_after_an_action_failed(shell: Done) -> None:
    assert "orry" in shell.stdout
    assert "You said: hello again" in shell.stdout


@pytest.mark.parametrize("clutter", [TRACE, "ERROR", "error:", "WARNING", "listening"])
def test_the_shell_shows_answers_only(shell: Done, clutter: str) -> None:
    assert clutter not in shell.stdout + shell.stderr


def test_the_shell_leaves_no_process_behind(shell: Done, shell_folder: Path) -> None:
    commands = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    assert [command for command in commands if str(shell_folder) in command] == []


def test_the_shell_ends_with_its_input(small_bot: Chatbot) -> None:
    done = small_bot.run("chat", typed="hello you\n")
    assert done.returncode == 0
    assert "You said: hello you" in done.stdout
