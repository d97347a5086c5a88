"""The whole bot: action server and Rasa, started side by side and stopped together."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from chatbot.serving import ports, training
from chatbot.serving.project import Project
from chatbot.serving.supervisor import ActionServer
from chatbot.settings import Settings, prepare_for_rasa

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Places:
    """Where a bot listens; port 0 stands for any free one."""

    host: str = LOCAL
    port: int = 0
    actions_port: int = 0


def serve(
    project: Project,
    settings: Settings,
    places: Places,
    enable_api: bool,
    announce: Callable[[str], None],
) -> None:
    """Serve the channels of credentials.yml until SIGINT or SIGTERM.

    Args:
        project: the bot; it is trained first if it has changed.
        settings: of this process.
        places: where it listens.
        enable_api: whether Rasa's own HTTP API is served too.
        announce: gets the bot's address when it answers.

    Raises:
        ChatbotError: it cannot be trained or started.
    """
    with _until_stopped(), _claimed(places) as (listener, actions_listener):

        async def at_work(actions: ActionServer) -> bool:
            await actions.wait_ready()
            _resume_garbage_collection()
            announce(ports.url(listener))
            return True

        _run(project, settings, listener, actions_listener, enable_api, at_work, shell=False)


def chat(project: Project, settings: Settings) -> None:
    """Open the Rasa shell on a bot of its own, on free ports; /stop or Ctrl-D leaves it.

    Raises:
        ChatbotError: it cannot be trained or started.
    """
    with _until_stopped(), _claimed(Places()) as (listener, actions_listener):

        async def at_work(actions: ActionServer) -> bool:
            from chatbot.serving import shell

            await actions.wait_ready()
            _resume_garbage_collection()
            await shell.talk(ports.url(listener))
            return False

        _run(project, settings, listener, actions_listener, False, at_work, shell=True)


def _run(
    project: Project,
    settings: Settings,
    listener: socket.socket,
    actions_listener: socket.socket,
    enable_api: bool,
    at_work: Callable[[ActionServer], Awaitable[bool]],
    shell: bool,
) -> None:
    model = training.ensure(project, settings)
    # First the other process, so that it starts while this one imports Rasa.
    actions = ActionServer(project.folder, actions_listener)
    stop = _StopRequest(actions.stop)

    async def work() -> bool:
        return not stop.requested and await at_work(actions)

    try:
        # Nothing that is imported is garbage; looking for it takes a fifth of the time.
        gc.disable()
        prepare_for_rasa()
        from chatbot.serving import rasa_server

        stop.importing = False
        rasa_server.serve(
            rasa_server.Plan(
                project=project,
                model=model,
                listener=listener,
                actions_url=ports.url(actions_listener),
                channels=rasa_server.shell_channel if shell else rasa_server.configured_channels,
                enable_api=enable_api,
                at_work=work,
            )
        )
    finally:
        actions.stop()


class _StopRequest:
    """Heeds a SIGINT or SIGTERM until the server is there to do so.

    To raise KeyboardInterrupt instead would hit Rasa's imports, which may swallow it.

    Attributes:
        importing: nothing is at work in this process yet, so that it may end on the spot.
        requested: it is not, but is to end when it can.
    """

    def __init__(self, clean_up: Callable[[], None]) -> None:
        self.importing = True
        self.requested = False
        self._clean_up = clean_up
        signal.signal(signal.SIGINT, self._request)
        signal.signal(signal.SIGTERM, self._request)

    def _request(self, *_: object) -> None:
        if self.importing:
            self._clean_up()
            os._exit(0)
        self.requested = True


@contextmanager
def _claimed(places: Places) -> Iterator[tuple[socket.socket, socket.socket]]:
    with (
        closing(ports.claim(places.host, places.port, "--port")) as listener,
        closing(ports.claim(LOCAL, places.actions_port, "--actions-port")) as actions_listener,
    ):
        yield listener, actions_listener


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl-C does; both are the ordinary end of a server."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        return


def _resume_garbage_collection() -> None:
    # What start-up made stays for good, so later collections need not look at it.
    gc.freeze()
    gc.enable()
