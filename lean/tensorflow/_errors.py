"""What is said when something needs the real TensorFlow."""

_ADVICE = """\
The distribution named `tensorflow` in this environment is the stand-in from lean/: it lets Rasa
start without TensorFlow, which none of this bot's own components uses, and computes nothing.
Do one of these:
- Use components that do not need TensorFlow, for example LogisticRegressionClassifier,
  KeywordIntentClassifier, CRFEntityExtractor, MemoizationPolicy or RulePolicy. If config.yml does
  not name what needs TensorFlow: where `pipeline:` or `policies:` is missing or empty, Rasa puts
  in its own choice, so write the list out.
- Get the real TensorFlow (2 GB): in pyproject.toml remove the `tensorflow` line of
  [tool.uv.sources] and the `tensorflow` lines of override-dependencies, then run `uv sync`.
- Run stock Rasa in the environment of its own in benchmarks/stock/.
docs/decisions/0001-rasa-without-tensorflow.md says why."""


def explain(who: str) -> str:
    """Return the whole message for `who`, the start of a sentence such as 'X needs'."""
    return f"{who} TensorFlow, which is not installed.\n{_ADVICE}"


class TensorFlowReached(SystemExit):
    """Stand-in code was called as if it were TensorFlow; ends the process with status 1.

    It is no `Exception`, because `rasa run` catches every `Exception` of a model that cannot be
    loaded, logs it and goes on to serve without a model.
    """

    def __init__(self, name: str) -> None:
        """Explain that `name`, a dotted path, needs TensorFlow."""
        super().__init__(explain(f"{name} needs"))
