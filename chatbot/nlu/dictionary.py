"""Words that are never taken for a misspelt name: an English dictionary and our own examples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

import srsly

from chatbot.knowledge.find import ONE_ERROR_FROM, singular

_WORD = re.compile(r"[^\W\d_]+")


def dictionary_words(examples: Iterable[str]) -> set[str]:
    """Return words in the form in which the linker compares them (lower case, singular).

    Args:
        examples: training examples, whose words count as known.

    The dictionary is the English word index and lemma table of spacy-lookups-data (WordNet; some
    90,000 words). Words too short to be mended are left out.
    """
    words = _wordnet()
    words.update(word for text in examples for word in _WORD.findall(text))
    return {
        singular(word.lower())
        for word in words
        if len(word) >= ONE_ERROR_FROM and word.isascii() and word.isalpha()
    }


def _wordnet() -> set[str]:
    folder = files("spacy_lookups_data") / "data"
    index = srsly.read_gzip_json(str(folder / "en_lemma_index.json.gz"))
    lemmas = srsly.read_gzip_json(str(folder / "en_lemma_lookup.json.gz"))
    return {word for words in index.values() for word in words} | set(lemmas)
