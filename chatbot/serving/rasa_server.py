"""Rasa's server in this process: the channels, the model, and what happens when it answers."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core import run as rasa_run
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import InputChannel, register
from rasa.core.channels.console import CmdlineInput
from rasa.core.channels.rest import RestInput
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

from chatbot.errors import ChatbotError, ModelError, SettingsError
from chatbot.serving.endpoint import ActionEndpoint
from chatbot.serving.logs import set_up_structlog
from chatbot.serving.project import Project

GRACE_SECONDS = 2.0
_ROUTE = "/webhooks/"

Channels = Callable[[Project], Sequence[InputChannel]]


@dataclass(frozen=True)
class Plan:
    """What to serve.

    Attributes:
        project: whose files are used.
        model: the trained model.
        listener: the listening socket; it is taken over.
        actions_url: address of the action server.
        channels: the way in.
        enable_api: whether Rasa's own HTTP API is served too.
        at_work: runs once the model is loaded; returns whether to go on serving.
    """

    project: Project
    model: Path
    listener: socket.socket
    actions_url: str
    channels: Channels
    enable_api: bool
    at_work: Callable[[], Awaitable[bool]]


def serve(plan: Plan) -> None:
    """Serve until SIGINT, SIGTERM, or until `at_work` says so or raises.

    Raises:
        ModelError: the model cannot be loaded.
        SettingsError: endpoints.yml or credentials.yml is wrong.
        ChatbotError: as `at_work` raised it.
    """
    set_up_structlog()
    endpoints = _endpoints(plan)
    app = rasa_run.configure_app(enable_api=plan.enable_api, endpoints=endpoints)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_SECONDS
    register(list(plan.channels(plan.project)), app, route=_ROUTE)
    failures: list[BaseException] = []
    app.register_listener(partial(_load, plan.model, endpoints), "before_server_start")
    app.register_listener(partial(_work, plan, failures), "after_server_start")
    app.register_listener(rasa_run.close_resources, "after_server_stop")
    app.register_listener(partial(_close, endpoints), "after_server_stop")
    app.run(sock=plan.listener, motd=False, access_log=False)
    for failure in failures:
        raise failure


def configured_channels(project: Project) -> Sequence[InputChannel]:
    """Return the channels that credentials.yml names; only Rasa's REST channel without that file.

    Raises:
        SettingsError: it names one that does not exist or lacks something.
    """
    if not project.credentials.exists():
        return [RestInput()]
    try:
        return rasa_run.create_http_input_channels(None, str(project.credentials))
    except RasaException as error:
        raise SettingsError(f"{project.credentials}: {error}") from error


def shell_channel(_: Project) -> Sequence[InputChannel]:
    """Return the channel of the Rasa shell."""
    return [CmdlineInput()]


def _endpoints(plan: Plan) -> AvailableEndpoints:
    path = plan.project.endpoints
    try:
        endpoints = AvailableEndpoints.read_endpoints(str(path) if path.exists() else "")
    except (RasaException, TypeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    options = endpoints.action.kwargs if endpoints.action else {}
    endpoints.action = ActionEndpoint(f"{plan.actions_url}/webhook", **options)
    return endpoints


async def _load(model: Path, endpoints: AvailableEndpoints, app: Any, loop: Any) -> None:
    broker = await EventBroker.create(endpoints.event_broker, loop=loop)
    try:
        app.ctx.agent = Agent.load(
            model,
            generator=endpoints.nlg,
            tracker_store=TrackerStore.create(endpoints.tracker_store, event_broker=broker),
            lock_store=LockStore.create(endpoints.lock_store),
            action_endpoint=endpoints.action,
        )
        # What components put off until their first message need not wait for a person's.
        await app.ctx.agent.parse_message("")
    except ChatbotError:
        raise
    except Exception as error:
        raise ModelError(
            f"{model}: cannot be loaded ({type(error).__name__}: {error}); "
            "make a new one with `chatbot train --force`"
        ) from error


async def _work(plan: Plan, failures: list[BaseException], app: Any, _: Any) -> None:
    async def work() -> None:
        try:
            if await plan.at_work():
                return
        except Exception as failure:
            failures.append(failure)
        app.stop()

    app.add_task(work())


async def _close(endpoints: AvailableEndpoints, *_: Any) -> None:
    await endpoints.action.close()
