"""The whole bot: action server and Rasa, started side by side and stopped together."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module

from chatbot.serving import ports, training
from chatbot.serving.project import Project
from chatbot.serving.stopping import StopRequest, until_stopped
from chatbot.serving.supervisor import ActionServer
from chatbot.serving.unlearned import without_learning
from chatbot.settings import Settings, prepare_for_rasa

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Places:
    """Where a bot listens; port 0 stands for any free one."""

    host: str = LOCAL
    port: int = 0
    actions_port: int = 0


@dataclass(frozen=True)
class Manner:
    """How a bot is run.

    Attributes:
        announce: gets the bot's address when it answers, and what its channels have to say.
        shell: people reach it through the Rasa shell, not through the channels of credentials.yml;
            the bot ends when they leave it.
        enable_api: whether Rasa's own HTTP API is served too.
    """

    announce: Callable[[str, Sequence[str]], None]
    shell: bool = False
    enable_api: bool = False


def run(project: Project, settings: Settings, places: Places, manner: Manner) -> None:
    """Run the bot until SIGINT, SIGTERM or the end of the shell; train it first if it has changed.

    Raises:
        ChatbotError: it cannot be trained or started.
    """
    with until_stopped(), _claimed(places) as (listener, actions_listener):
        model = training.ensure(project, settings)
        # First the other process, so that it starts while this one imports Rasa.
        actions = ActionServer(project.folder, actions_listener)
        stop = StopRequest(actions.stop)
        url = ports.url(listener)

        async def before() -> None:
            await actions.wait_ready(stop.check)
            _resume_garbage_collection()

        def after(notes: Sequence[str]) -> None:
            stop.check()
            manner.announce(url, notes)

        try:
            # Nothing that is imported is garbage; looking for it takes a fifth of the time.
            gc.disable()
            prepare_for_rasa()
            with without_learning():
                import_module("spacy")  # the model's components would import all of it
                from chatbot.serving import rasa_server

            stop.wait_for_check()
            rasa_server.serve(
                rasa_server.Plan(
                    project=project,
                    model=model,
                    listener=listener,
                    actions_url=ports.url(actions_listener),
                    shell=manner.shell,
                    enable_api=manner.enable_api,
                    before=before,
                    after=after,
                )
            )
        finally:
            actions.stop()


@contextmanager
def _claimed(places: Places) -> Iterator[tuple[socket.socket, socket.socket]]:
    with (
        closing(ports.claim(places.host, places.port, "--port")) as listener,
        closing(ports.claim(LOCAL, places.actions_port, "--actions-port")) as actions_listener,
    ):
        yield listener, actions_listener


def _resume_garbage_collection() -> None:
    # What start-up made stays for good, so later collections need not look at it.
    gc.freeze()
    gc.enable()
