"""What only training and reports need is not loaded by a bot that answers, but is there."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from tests.support.paths import ROOT

START = """
    import sys
    from importlib import import_module
    from chatbot.serving.unlearned import without_learning
    from chatbot.settings import prepare_for_rasa

    prepare_for_rasa()
    with without_learning():
        import_module("spacy")
        import_module("chatbot.serving.rasa_server")
"""


def said_by(code: str) -> list[str]:
    """Return the lines that a fresh Python prints which has imported Rasa for answering."""
    program = textwrap.dedent(START) + textwrap.dedent(code)
    line = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_whole_pipeline_is_imported_without_them() -> None:
    code = """
        for name in ("topic_classifier", "description_finder", "references"):
            import_module(f"chatbot.nlu.{name}")
        left_out = {"sklearn", "scipy.stats", "matplotlib", "spacy.cli"}
        print(left_out & sys.modules.keys())
    """
    assert said_by(code) == ["set()"]


def test_whoever_imports_them_afterwards_gets_the_real_ones() -> None:
    code = """
        from sklearn.model_selection import GridSearchCV, train_test_split
        import rasa.utils.plotting, spacy.cli.info
        print(GridSearchCV.__module__, train_test_split.__module__)
        print(rasa.utils.plotting.__file__ is not None, callable(spacy.cli.info))
    """
    assert said_by(code) == [
        "sklearn.model_selection._search sklearn.model_selection._split",
        "True True",
    ]


def test_rasas_own_use_of_them_works() -> None:
    code = """
        import rasa.nlu.test, spacy
        from rasa.utils.tensorflow import model_data
        print(*map(len, model_data.train_test_split(list(range(10)), test_size=3)))
        print(rasa.nlu.test.plot_utils.plot_confusion_matrix.__module__)
        print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
    """
    assert said_by(code)[-3:] == ["7 3", "rasa.utils.plotting", "True"]


def test_what_is_loaded_already_stays() -> None:
    code = """
        import sklearn.model_selection as real
        with without_learning():
            from sklearn.model_selection import train_test_split
        print(train_test_split is real.train_test_split)
    """
    assert said_by(code) == ["True"]
