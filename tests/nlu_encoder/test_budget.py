"""What the encoder may cost; measured in a process of its own, which does nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# Prints megabytes over `import onnxruntime`, and seconds: to load, and for the quickest message.
_MEASURE = """
import ctypes, json, time
import onnxruntime
from chatbot.nlu.encoder import Encoder

def resident():
    ctypes.CDLL(None).malloc_trim(0)
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024

def timed(call):
    start = time.process_time()
    call()
    return time.process_time() - start

before = resident()
load = timed(lambda: globals().update(encoder=Encoder.load()))
text = "what does the person who checks the parcels do all day"
message = min(timed(lambda: encoder.encode([text])) for _ in range(50))
print(json.dumps({"memory": resident() - before, "load": load, "message": message}))
"""


@pytest.fixture(scope="module")
def cost() -> dict[str, float]:
    command = [sys.executable, "-c", _MEASURE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, calls malloc_trim")


@needs_linux
def test_memory_stays_below_45_megabytes(cost: dict[str, float]) -> None:
    assert cost["memory"] < 45


@needs_linux
def test_loading_takes_less_than_a_third_of_a_second(cost: dict[str, float]) -> None:
    assert cost["load"] < 0.3


@needs_linux
def test_a_message_takes_less_than_five_milliseconds(cost: dict[str, float]) -> None:
    assert cost["message"] < 0.005
