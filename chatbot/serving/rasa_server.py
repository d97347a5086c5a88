"""Rasa's server in this process: its channels, its model, and what happens when it answers."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core import run as rasa_run
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels import rest as rasas_rest
from rasa.core.channels import socketio as rasas_socketio
from rasa.core.channels.channel import InputChannel, register
from rasa.core.channels.console import CmdlineInput
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from chatbot.channels.rest import RestInput
from chatbot.channels.socket_io import SocketIOInput
from chatbot.core.action_endpoint import KeepAliveEndpoint
from chatbot.core.processor import FrugalProcessor
from chatbot.errors import ChatbotError, ModelError, SettingsError
from chatbot.serving import ports, shell, web_app
from chatbot.serving.logs import set_up_structlog
from chatbot.serving.project import Project

GRACE_SECONDS = 2.0
_STOP_DELAY_SECONDS = 0.05
_ROUTE = "/webhooks/"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """What to serve.

    Attributes:
        project: whose files are used.
        model: the trained model.
        listener: the listening socket.
        actions_url: address of the action server.
        shell: serve the Rasa shell, and end with it, instead of the channels of credentials.yml.
        enable_api: whether Rasa's own HTTP API is served too.
        before: awaited when the model is loaded, before messages are accepted.
        after: called when messages are accepted, with what the channels have to say.
    """

    project: Project
    model: Path
    listener: socket.socket
    actions_url: str
    shell: bool
    enable_api: bool
    before: Callable[[], Awaitable[None]]
    after: Callable[[Sequence[str]], None]


def serve(plan: Plan) -> None:
    """Serve until SIGINT, SIGTERM or the end of the shell.

    Raises:
        ModelError: the model cannot be loaded.
        SettingsError: endpoints.yml or credentials.yml is wrong.
        ChatbotError: as `before` or the shell raised it.
    """
    set_up_structlog()
    endpoints = _endpoints(plan)
    app = web_app.create(endpoints, enable_api=plan.enable_api)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_SECONDS
    channels = [CmdlineInput()] if plan.shell else _channels(plan.project)
    for warning in web_app.exposures(channels, plan.listener.getsockname()[0], plan.enable_api):
        logger.warning(warning)
    register(channels, app, route=_ROUTE)
    web_app.register_at_root(channels, app)
    failures: list[Exception] = []
    app.register_listener(partial(_load, plan, endpoints), "before_server_start")
    app.register_listener(partial(_accept, plan, channels, failures), "after_server_start")
    app.register_listener(rasa_run.close_resources, "after_server_stop")
    app.register_listener(partial(_close, endpoints), "after_server_stop")
    app.run(sock=plan.listener, motd=False, access_log=False)
    for failure in failures:
        raise failure


def _channels(project: Project) -> list[InputChannel]:
    if not project.credentials.exists():
        return [RestInput()]
    try:
        channels = rasa_run.create_http_input_channels(None, str(project.credentials))
    except RasaException as error:
        raise SettingsError(f"{project.credentials}: {error}") from error
    return [_improved(channel) for channel in channels]


def _improved(channel: InputChannel) -> InputChannel:
    """Return a channel of Rasa's with what it lacks, others as they are."""
    if type(channel) is rasas_rest.RestInput:
        return RestInput()
    if type(channel) is rasas_socketio.SocketIOInput:
        ours = SocketIOInput.__new__(SocketIOInput)
        ours.__dict__.update(vars(channel))
        return ours
    return channel


def _endpoints(plan: Plan) -> AvailableEndpoints:
    path = plan.project.endpoints
    try:
        endpoints = AvailableEndpoints.read_endpoints(str(path) if path.exists() else "")
    except (RasaException, TypeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    # Its address in endpoints.yml is for plain `rasa run`; its options hold here too.
    endpoints.action = KeepAliveEndpoint.from_endpoint(endpoints.action or EndpointConfig())
    endpoints.action.url = f"{plan.actions_url}/webhook"
    return endpoints


async def _load(plan: Plan, endpoints: AvailableEndpoints, app: Any, loop: Any) -> None:
    broker = await EventBroker.create(endpoints.event_broker, loop=loop)
    try:
        agent = Agent.load(
            plan.model,
            generator=endpoints.nlg,
            tracker_store=TrackerStore.create(endpoints.tracker_store, event_broker=broker),
            lock_store=LockStore.create(endpoints.lock_store),
            action_endpoint=endpoints.action,
        )
        agent.processor = FrugalProcessor.taking_over(agent.processor)
        # What components put off until their first message need not wait for a person's.
        await agent.parse_message("")
    except ChatbotError:
        raise
    except Exception as error:
        raise ModelError(
            f"{plan.model}: cannot be loaded ({type(error).__name__}: {error}); "
            "make a new one with `chatbot train --force`"
        ) from error
    app.ctx.agent = agent
    await plan.before()


async def _accept(
    plan: Plan, channels: Sequence[InputChannel], failures: list[Exception], app: Any, loop: Any
) -> None:
    async def talk() -> None:
        try:
            await shell.talk(ports.url(plan.listener))
        except Exception as failure:
            failures.append(failure)
        app.stop()

    # Sanic would stop the loop at once; while this still is the start, the stop would be lost.
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, partial(loop.call_later, _STOP_DELAY_SECONDS, app.stop))
    plan.after(web_app.announcements(channels, ports.url(plan.listener)))
    if plan.shell:
        app.add_task(talk())


async def _close(endpoints: AvailableEndpoints, *_: Any) -> None:
    await endpoints.action.close()
