"""Let a model of stock Rasa parse messages; runs in the environment beside it, stands alone.

`python worker.py model.tar.gz messages.json parsed.json` reads a list of texts and writes a list
of `{"intent", "confidence", "entities": [{"entity", "value"}], "milliseconds"}`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

# Messages that are parsed before the clock runs, and how often progress is told.
WARM_UP, STEP = 20, 100


async def parse(agent: Agent, text: str) -> dict[str, Any]:
    """Return what the model makes of a message."""
    start = time.perf_counter()
    parsed = await agent.parse_message(text)
    milliseconds = 1000 * (time.perf_counter() - start)
    return {
        "intent": str(parsed["intent"]["name"]),
        "confidence": float(parsed["intent"]["confidence"]),
        "entities": [
            {"entity": str(found["entity"]), "value": str(found["value"])}
            for found in parsed.get("entities") or ()
        ],
        "milliseconds": milliseconds,
    }


async def parse_all(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    """Return what the model makes of each message, telling how far it is."""
    for text in texts[:WARM_UP]:
        await parse(agent, text)
    found = []
    for number, text in enumerate(texts):
        if number % STEP == 0:
            print(f"parsed {number} of {len(texts)}", flush=True)
        found.append(await parse(agent, text))
    return found


def main(model: str, messages: str, parsed: str) -> None:
    """Read the messages, parse them and write what was found."""
    texts = json.loads(Path(messages).read_text("utf-8"))
    found = asyncio.run(parse_all(Agent.load(model_path=model), texts))
    Path(parsed).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
