"""The vectors of single messages are those of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from chatbot.knowledge import tfidf

TEXTS = ["the warehouse manager packs boxes", "the buyer buys boxes and boxes", "who packs what?"]
WORDS: dict[str, Any] = {"ngram_range": (1, 2), "token_pattern": r"[^\W]+|\?"}
LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4)}
LONG_LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (4, 6)}
CUT: dict[str, Any] = {"tokenizer": str.split, "token_pattern": None}


@pytest.mark.parametrize("options", [WORDS, LETTERS, LONG_LETTERS, CUT])
@pytest.mark.parametrize(
    "text", [*TEXTS, "boxes boxes boxes", "nothing known", "", " a\u00a0BOX \n\t I ", "客服 boxes?"]
)
def test_a_vector_is_the_one_that_scikit_learn_gives(options: dict[str, Any], text: str) -> None:
    vectorizer, _ = tfidf.fit(options, TEXTS)
    theirs = TfidfVectorizer(**options, sublinear_tf=True).fit(TEXTS).transform([text])
    ours = np.zeros(len(vectorizer))
    vector = vectorizer(text)
    ours[vector.places] = vector.values
    np.testing.assert_allclose(ours, theirs.toarray()[0], atol=1e-9)


def test_products_are_those_of_the_whole_matrix() -> None:
    vectorizer, matrix = tfidf.fit(WORDS, TEXTS)
    vector = vectorizer("who buys boxes?")
    whole = np.zeros(len(vectorizer))
    whole[vector.places] = vector.values
    np.testing.assert_allclose(tfidf.products(matrix, vector), matrix @ whole)


def test_a_vectorizer_made_from_its_terms_is_the_same() -> None:
    vectorizer, _ = tfidf.fit(WORDS, TEXTS)
    again = tfidf.Vectorizer(WORDS, vectorizer.terms(), vectorizer.idf)
    np.testing.assert_array_equal(again(TEXTS[0]).places, vectorizer(TEXTS[0]).places)
    np.testing.assert_array_equal(again(TEXTS[0]).values, vectorizer(TEXTS[0]).values)
