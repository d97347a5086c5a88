"""Sentence vectors: texts that mean the same lie close to each other (all-MiniLM-L6-v2, int8 ONNX).

Each text is run alone on one thread, so its vector depends on nothing but the text; many texts are
spread over threads. How the model in `encoder_model/` is made: `training/encoder/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.errors import ModelError
from chatbot.nlu.delexicalise import KINDS, placeholder

FOLDER = Path(__file__).with_name("encoder_model")
MANIFEST, GRAPH, TOKENIZER = "manifest.json", "encoder.onnx", "tokenizer.json"
# Outputs of the graph.
SENTENCE, STATIC = "embedding", "static"
MOST_TOKENS = 128
# Read of each text; far more than 128 tokens of any real message.
_MOST_CHARACTERS = 2000
# From this many texts on, threads are worth starting.
_MANY = 8
_HOW_TO_MEND = (
    "restore it with `git checkout -- {folder}`, or make it again as training/encoder/README.md "
    "says"
)

# The words that stand for a name of each kind, where they are not the kind's own.
_WORDS = {"group": "department", "tool": "software"}
_PLAIN = {placeholder(kind): _WORDS.get(kind, kind.replace("_", " ")) for kind in KINDS}

_BREAK = re.compile(r"[,.;:?!]|\s-\s|—")
_PERSON = re.compile(
    r"\b(?:who(?:ever)?|some(?:one|body)|sb|persons?|people|ppl|guys?|girls?|folks?|workers?|that"
    r"|responsible)\b",
    re.IGNORECASE,
)
# Fewer words than this describe nothing.
_LEAST_WORDS = 3
# Parts that are compared: a letter of two pages has dozens, and each costs some 2 ms.
_MOST_PARTS = 10

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Encoder:
    """A loaded model; safe to use from several threads at once.

    Attributes:
        dim: numbers in a vector.
    """

    dim: int
    _session: Any
    _tokenizer: Any

    @classmethod
    @lru_cache(maxsize=1)
    def shared(cls) -> Encoder:
        """Return the encoder that all components of a process use, loaded when first asked for."""
        return cls.load()

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Encoder:
        """Read the model of a folder, some 20 ms.

        Raises:
            ModelError: a file is missing or is not the one that `manifest.json` lists, or
                onnxruntime or tokenizers is not installed.
        """
        manifest = _read_manifest(folder)
        for name, digest in manifest["sha256"].items():
            _check(folder / name, digest)
        try:
            return cls(manifest["dim"], _session(folder / GRAPH), _tokenizer(folder / TOKENIZER))
        except ImportError as error:
            raise ModelError(
                f"{error.name}: not installed, but the sentence encoder needs it; run `uv sync`"
            ) from error

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one vector of length 1 a text, float32, (number of texts, dim).

        Args:
            texts: any text, empty too; what lies behind 128 tokens is not read.
        """
        return self._all(texts, SENTENCE)

    def word_means(self, texts: Sequence[str]) -> Array:
        """Return one vector of length 1 a text: the mean of the static vectors of its word pieces.

        For comparing only; the order of the words and what they mean together is lost.
        """
        return self._all(texts, STATIC)

    def _all(self, texts: Sequence[str], output: str) -> Array:
        distinct = list(dict.fromkeys(texts))
        one = partial(self._vector, output=output)
        if len(distinct) < _MANY:
            rows = [one(text) for text in distinct]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                rows = list(threads.map(one, distinct))
        place = {text: number for number, text in enumerate(distinct)}
        found = np.array(rows, np.float32).reshape(len(rows), self.dim)
        return found[[place[text] for text in texts]] if texts else found

    def _vector(self, text: str, output: str) -> Array:
        # Half of a surrogate pair, which a broken client can send, is no Unicode text.
        sound = text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        ids = np.array([self._tokenizer.encode(sound).ids], np.int64)
        return np.asarray(self._session.run([output], {"input_ids": ids})[0][0])


def plain_words(delexicalised: str) -> str:
    """Return a delexicalised message in words the encoder knows.

    "what does a xrolex do" becomes "what does a role do", which is what the model was tuned on.
    """
    return " ".join(_PLAIN.get(word, word) for word in delexicalised.split())


def parts(text: str) -> list[str]:
    """Return the text and those of its parts that may describe somebody, each once.

    A long message says much beside the description ("my mum asked, over tea, what the person who
    checks the parcels earns"), so its clauses, and what follows words such as "who", are compared
    each for itself; of many, the last, as a story ends in its question.
    """
    clauses = [part.strip() for part in _BREAK.split(text)]
    frames = [text[found.start() :].strip() for found in _PERSON.finditer(text)]
    long = [part for part in clauses + frames if len(part.split()) >= _LEAST_WORDS]
    return list(dict.fromkeys([text, *long[-_MOST_PARTS:]]))


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    mend = _HOW_TO_MEND.format(folder=folder)
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {mend}") from error
    except ValueError as error:
        raise ModelError(f"{path}: is not JSON ({error}); {mend}") from error
    if not (isinstance(manifest, dict) and {"dim", "sha256"} <= set(manifest)):
        raise ModelError(f"{path}: must have the keys 'dim' and 'sha256'; {mend}")
    return manifest


def _check(path: Path, expected: str) -> None:
    """Raise a ModelError unless the file is there and has this sha256."""
    mend = _HOW_TO_MEND.format(folder=path.parent)
    try:
        found = _sha256(path)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {mend}") from error
    if found != expected:
        raise ModelError(
            f"{path}: is not the file that {MANIFEST} lists: its sha256 is {found!r}, it must be "
            f"{expected!r}; {mend}"
        )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 18):
            digest.update(block)
    return digest.hexdigest()


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written as it is to run; the arena would keep the largest message's memory.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer
