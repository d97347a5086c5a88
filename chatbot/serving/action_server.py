"""`python -m chatbot.serving.action_server FOLDER FD`: the action server, as a child process.

It differs from `python -m rasa_sdk` in that it takes over a listening socket, tells its parent
when it answers, and ends with its parent.
"""

from __future__ import annotations

import gc
import logging
import socket
import sys
from pathlib import Path
from typing import Any

from chatbot.serving import lifeline
from chatbot.serving.project import Project, enter
from chatbot.settings import load_settings

READY = "<the action server is ready>"


def main(folder: str, descriptor: str) -> None:
    """Serve the package `actions` of the project in `folder` on the socket `descriptor`."""
    lifeline.watch()
    # Nothing that is imported is garbage; looking for it takes a fifth of the time.
    gc.disable()
    enter(Project(Path(folder)))
    logging.basicConfig(
        level=load_settings().logging_level, format="%(levelname)s %(name)s: %(message)s"
    )
    app = _app()
    # What start-up made stays for good, so later collections need not look at it.
    gc.freeze()
    gc.enable()
    app.run(sock=socket.socket(fileno=int(descriptor)), motd=False, access_log=False)


def _app() -> Any:
    from rasa_sdk.endpoint import create_app

    app = create_app("actions")
    app.register_listener(_tell_ready, "after_server_start")
    return app


async def _tell_ready(*_: Any) -> None:
    print(READY, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
