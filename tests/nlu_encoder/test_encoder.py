from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from chatbot.nlu.encoder import FOLDER, MOST_TOKENS, Encoder

MESSAGES = [
    "what does a warehouse manager do all day",
    "wat skillz do i need",
    "Whoever checks the parcels, what is that job called?",
    "电商有哪些岗位",
    "",
    "🙂🙂",
    "half a pair \ud83d here",
    "<b>bold</b>'; DROP TABLE roles;--",
    "long " * 1000,
    "thanks",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_each_text_gets_one_vector_of_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(MESSAGES)
    assert vectors.shape == (len(MESSAGES), encoder.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_get_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder: Encoder) -> None:
    together = encoder.encode(MESSAGES)
    alone = np.concatenate([encoder.encode([text]) for text in MESSAGES])
    assert np.array_equal(together, alone)


def test_vectors_come_in_the_order_of_the_texts_even_if_some_are_equal(encoder: Encoder) -> None:
    first, second = encoder.encode(["hello", "goodbye"])
    found = encoder.encode(["goodbye", "hello", "goodbye"])
    assert np.array_equal(found, np.stack([second, first, second]))


def test_a_second_copy_of_the_model_gives_the_same_vectors(encoder: Encoder) -> None:
    assert np.array_equal(Encoder.load().encode(MESSAGES), encoder.encode(MESSAGES))


def test_threads_that_share_an_encoder_get_the_same_vectors(encoder: Encoder) -> None:
    expected = encoder.encode(MESSAGES)
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(encoder.encode, [MESSAGES] * 16):
            assert np.array_equal(found, expected)


def test_letter_case_changes_nothing(encoder: Encoder) -> None:
    lower, upper = encoder.encode(["which tools are used", "Which TOOLS are used"])
    assert np.array_equal(lower, upper)


def test_text_behind_the_longest_message_is_not_read(encoder: Encoder) -> None:
    long = "parcel " * MOST_TOKENS
    one, other = encoder.encode([long, long + "who designs the banners"])
    assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        (
            "how do I get promoted from this role",
            "what is the next step up for a role",
            "which software does a role use",
        ),
        (
            "whoever checks the parcels for damage",
            "inspects each delivery and sends faulty goods back",
            "writes posts for the brand's account",
        ),
        (
            "guy who builds the tables where customer data is kept",
            "designs the database",
            "answers customers in the chat",
        ),
        ("what is the weather tomorrow", "will it rain in Paris", "what does a role do"),
    ],
)
def test_texts_of_like_meaning_lie_closer(encoder: Encoder, text: str, near: str, far: str) -> None:
    vector, close, distant = encoder.encode([text, near, far])
    assert vector @ close > vector @ distant + 0.1


def test_importing_the_module_loads_no_library() -> None:
    code = (
        "import sys, chatbot.nlu.encoder; print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_files_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 25e6
