"""`python -m benchmarks.siege PORT SECONDS`: ill-wishers, as a process of their own.

Prints as JSON how often each kind of request was answered with which status.
"""

from __future__ import annotations

import json
import sys

from benchmarks.web_client import WebUser, siege

ADDRESS = "127.0.0.66"
# In a minute: over how many connections, and how many times in all.
PLAN = {
    "flood": (8, 10_000),
    "forged token": (1, 600),
    "other origin": (1, 600),
    "large body": (1, 60),
}


def main(port: int, seconds: float) -> None:
    """Besiege the server on a port of 127.0.0.1."""
    share = seconds / 60
    plan = {name: (lines, int(number * share)) for name, (lines, number) in PLAN.items()}
    with WebUser(port, ADDRESS) as user:
        token = user.begin()
    print(json.dumps(siege(port, ADDRESS, seconds, plan, token)))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
