"""Rasa's commands, as they are, with the stand-in in the place of TensorFlow."""

import json
import time
import urllib.request
from importlib.metadata import version

from rasa_command import Rasa, free_port


def test_version(rasa: Rasa) -> None:
    result = rasa.run("--version")

    assert result.returncode == 0, result.stdout
    assert version("rasa") in result.stdout


def test_train_makes_a_model(trained: Rasa) -> None:
    assert len(list((trained.folder / "models").glob("*.tar.gz"))) == 1


def test_data_validate(rasa: Rasa) -> None:
    result = rasa.run("data", "validate")

    assert result.returncode == 0, result.stdout
    assert "No story structure conflicts found" in result.stdout


def test_shell_nlu_parses_a_message(trained: Rasa) -> None:
    result = trained.run("shell", "nlu", "--model", "models", typed="see you in Utrecht\n")

    assert '"name": "leave"' in result.stdout, result.stdout
    assert '"value": "Utrecht"' in result.stdout


def test_shell_answers(trained: Rasa) -> None:
    port = str(free_port())

    result = trained.run("shell", "--model", "models", "--port", port, typed="hello\n/stop\n")

    assert "Good day to you." in result.stdout


def test_run_answers_over_rest(trained: Rasa) -> None:
    with trained.serve("run", "--model", "models") as port:
        answers = _answer_of(
            f"http://127.0.0.1:{port}/webhooks/rest/webhook", {"sender": "a", "message": "goodbye"}
        )

    assert [answer["text"] for answer in answers] == ["Until next time."]


def test_run_actions_lists_the_action(rasa: Rasa) -> None:
    with rasa.serve("run", "actions") as port:
        actions = _answer_of(f"http://127.0.0.1:{port}/actions")

    assert actions == [{"name": "action_wave"}]


def test_test_nlu_reports(trained: Rasa) -> None:
    result = trained.run("test", "nlu", "--nlu", "data", "--no-plot", "--out", "results/nlu")

    assert result.returncode == 0, result.stdout
    report = json.loads((trained.folder / "results/nlu/intent_report.json").read_text())
    assert report["accuracy"] > 0.5


def test_test_core_passes_the_stories(trained: Rasa) -> None:
    result = trained.run(
        "test", "core", "--stories", "tests", "--no-plot", "--fail-on-prediction-errors"
    )

    assert result.returncode == 0, result.stdout


def _answer_of(url: str, body: dict[str, str] | None = None, patience: float = 40) -> list[dict]:
    """Return what the server says, waiting until it listens."""
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return json.load(response)
        except ConnectionError as error:
            reason: object = error
        except urllib.error.URLError as error:
            reason = error.reason
        assert time.monotonic() < deadline, f"{url} did not answer: {reason}"
        time.sleep(0.1)
