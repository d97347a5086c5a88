"""WeChat: answers within its five seconds, or later where the account may.

WeChat waits five seconds for the reply to a message and asks three times in all. What is ready by
then is the reply. What is longer than a message, or comes later, is pushed if the account may do
that; otherwise it is given at the next try, or kept until the person asks for it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from wechatpy.messages import BaseMessage

from chatbot.channels.limits import Limit, limits, shorten, split
from chatbot.channels.messaging.accounts import WeChatAccount
from chatbot.channels.messaging.delivery import RefusedError, deliver
from chatbot.channels.messaging.desk import Desk, Heard
from chatbot.channels.messaging.memory import Memory
from chatbot.channels.messaging.numbered import listed
from chatbot.channels.messaging.said import Offer, Picture, Said
from chatbot.channels.messaging.speaking import Speaking
from chatbot.channels.messaging.wechat_client import NOT_ALLOWED, Caller, Client
from chatbot.channels.messaging.wechat_messages import (
    article,
    clean,
    key_of,
    number_of,
    text_of,
)
from chatbot.settings import load_settings
from chatbot.wording.messaging import phrases

NAME = "wechat"
Part = str | Picture
logger = logging.getLogger(__name__)

# How often it delivers a message.
TRIES = 3
# Conversations whose last list of questions, and whose unread rest of an answer, are remembered.
KEPT = 10_000


@dataclass
class Times:
    """Seconds.

    Attributes:
        reply: in which a reply is given; WeChat hangs up after 5.
        hold: after which a delivery is let go without an answer, when WeChat has hung up already.
        claim: in which the first part of an answer is fetched by one of the tries.
        lead: that the reply gets before what follows it is pushed.
    """

    reply: float = 4.3
    hold: float = 5.5
    claim: float = 16.0
    lead: float = 0.5


TIMES = Times()


@dataclass
class Run:
    """The answering of one message, over all of its deliveries.

    Attributes:
        first: the part that is the reply, when it is known; None if nothing is said.
        claimed: set when the first part was given as a reply.
        later: nobody waits any more: push it, or keep it until it is asked for.
        tries: deliveries so far.
    """

    first: asyncio.Future[Part | None]
    claimed: asyncio.Event = field(default_factory=asyncio.Event)
    later: bool = False
    tries: int = 0

    async def is_ready(self, seconds: float) -> bool:
        """Wait for the reply, at most this long."""
        await asyncio.wait([self.first], timeout=seconds)
        return self.first.done()

    def end(self) -> None:
        """Say nothing, if nothing has been said so far."""
        if not self.first.done():
            self.first.set_result(None)


class WeChatOutput(Speaking):
    """Pushes messages to people who wrote within the last 48 hours."""

    def __init__(self, account: WeChatAccount, caller: Caller | None = None) -> None:
        self.public_url, self._caller = account.public_url, caller or Caller(account)

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return NAME

    async def say_to(self, recipient_id: str, said: Said) -> None:
        """Push a message in as many parts as it takes.

        Raises:
            RefusedError: WeChat does not take it.
        """
        for part in parts_of(said, limits(NAME)["text"], pictures=True):
            await self.push(recipient_id, part)

    async def push(self, to: str, part: Part) -> None:
        """Push a text or a picture.

        Raises:
            RefusedError: WeChat does not take it.
        """

        def call(client: Client) -> Any:
            if isinstance(part, str):
                return client.message.send_text(to, clean(part))
            return client.message.send_articles(to, [article(part)])

        await deliver(lambda: self._caller.once(call), "wechat: a message")

    def close(self) -> None:
        """Let no further pushes begin."""
        self._caller.close()


class Counter:
    """Where messages are handed in and answers are handed out.

    Args:
        account: of the bot.
        desk: has the messages answered.
        output: pushes messages; None if the account may not.
    """

    def __init__(self, account: WeChatAccount, desk: Desk, output: WeChatOutput | None) -> None:
        self._account, self.desk, self._output = account, desk, output
        self._runs: Memory[Run] = Memory(KEPT)
        self._shown: Memory[tuple[Offer, ...]] = Memory(KEPT)
        self._rest: Memory[list[Part]] = Memory(KEPT)

    async def reply(self, message: BaseMessage) -> Part | None:
        """Return what to reply to a delivery of a message; None: nothing now."""
        key = key_of(message)
        run = self._runs.get(key)
        if run is None:
            run = Run(asyncio.get_running_loop().create_future())
            self._runs.put(key, run)
            self._begin(run, Heard(key, message.source, text_of(message)))
        run.tries += 1
        return await self._reply(run, last=run.tries >= TRIES)

    def forget(self, conversation: str) -> None:
        """Forget what was shown to somebody who has left."""
        self._shown.pop(conversation)
        self._rest.pop(conversation)

    def close(self) -> None:
        """Let no further pushes begin."""
        if self._output:
            self._output.close()

    async def _reply(self, run: Run, last: bool) -> Part | None:
        if run.later:
            return None
        waits = self._output is not None or last
        if not await run.is_ready(TIMES.reply if waits else TIMES.hold):
            run.later = waits
            # Held until WeChat has hung up, so that it asks again; at the last try, it is told why.
            return self.desk.phrases.still_working if last and not self._output else None
        run.claimed.set()
        return run.first.result()

    def _begin(self, run: Run, heard: Heard) -> None:
        async def finish(answers: list[Said]) -> None:
            parts = self._parts(heard.conversation, answers)
            run.first.set_result(_first(parts, hint=self._output is None))
            await self._hand_out(run, heard.conversation, parts)

        task = self.desk.queue(heard, finish, self._answer)
        if task is None:
            run.end()
        else:
            # Whatever happens, nobody waits for ever.
            task.add_done_callback(lambda _: run.end())

    async def _answer(self, heard: Heard) -> list[Said]:
        conversation, text = heard.conversation, heard.text or ""
        rest = self._rest.pop(conversation)
        if rest and self.desk.phrases.asks_for_next(text):
            return [Said(part) if isinstance(part, str) else Said(picture=part) for part in rest]
        number, shown = number_of(text), self._shown.get(conversation) or ()
        if number and number <= len(shown):
            heard = replace(heard, text=shown[number - 1].payload)
        return await self.desk.answers(heard)

    def _parts(self, conversation: str, answers: list[Said]) -> list[Part]:
        offers = next((said.offers for said in reversed(answers) if said.offers), ())
        if offers:
            self._shown.put(conversation, offers[: limits(NAME)["buttons"].most])
        pushes = self._output is not None
        limit = limits(NAME)["text"] if pushes else _with_room_for_the_hint()
        return [part for said in answers for part in parts_of(said, limit, pushes)]

    async def _hand_out(self, run: Run, conversation: str, parts: list[Part]) -> None:
        """See to the parts that are not the reply."""
        if self._output is None:
            rest = parts if run.later else parts[1:]
        elif run.later:
            rest = await self._push(conversation, parts)
        elif len(parts) < 2:
            return
        elif await _is_set(run.claimed, TIMES.claim):
            await asyncio.sleep(TIMES.lead)
            rest = await self._push(conversation, parts[1:])
        else:
            run.later = True
            rest = await self._push(conversation, parts)
        if rest:
            self._rest.put(conversation, rest)

    async def _push(self, to: str, parts: list[Part]) -> list[Part]:
        """Push parts; return those that WeChat refused, to be kept."""
        for place, part in enumerate(parts):
            if self._output is None:
                return parts[place:]
            try:
                await self._output.push(to, part)
            except RefusedError as error:
                logger.error("wechat: an answer was not delivered: %s", error)
                if error.code == str(NOT_ALLOWED):
                    logger.error("wechat: this account may not push; WECHAT_APP_SECRET is ignored")
                    self._output = None
                return parts[place:]
        return []


def parts_of(said: Said, limit: Limit, pictures: bool) -> list[Part]:
    """Return a message in the parts in which WeChat gets it: texts that fit, then the picture.

    Args:
        said: its offers become a numbered list, for WeChat has no buttons.
        limit: of a text.
        pictures: whether pictures can be sent; else there is a line with the address.
    """
    texts = [said.text, _list_of(said.offers)]
    if said.picture and not pictures:
        words = phrases(load_settings().language).picture.format(alt=said.picture.alt)
        texts.insert(1, f"{words}\n{said.picture.url}")
    parts: list[Part] = [*split("\n".join(text for text in texts if text), limit)]
    return [*parts, said.picture] if said.picture and pictures else parts


def _list_of(offers: tuple[Offer, ...]) -> str:
    most = limits(NAME)
    short = (Offer(shorten(offer.title, most["title"]), offer.payload) for offer in offers)
    return listed(islice(short, most["buttons"].most))


def _hint(left: int) -> str:
    return "\n" + phrases(load_settings().language).rest.format(left=left)


def _with_room_for_the_hint() -> Limit:
    limit = limits(NAME)["text"]
    return replace(limit, most=limit.most - limit.size(_hint(99)))


def _first(parts: list[Part], hint: bool) -> Part | None:
    """Return the first part, with how to get the next if there is one and `hint` is true."""
    if not parts:
        return None
    first, left = parts[0], len(parts) - 1
    return first + _hint(left) if hint and left and isinstance(first, str) else first


async def _is_set(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except asyncio.TimeoutError:
        return False
    return True
