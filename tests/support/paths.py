"""Where things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "data" / "knowledge"
# Kept between runs, so that the second run need not train.
CACHE = ROOT / ".cache" / "tests"
