"""A process that draws, apart from the one that answers messages and always after it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from chatbot.errors import PictureError
from chatbot.knowledge.load import fingerprint, load
from chatbot.pictures.orders import Cache, Order

# How much the drawing process gives way to others, 0 to 19.
NICENESS = 15
# Pictures that may wait for it; a person who asks for more is told to come back.
MOST_WAITING = 32


class Artist:
    """Draws pictures in one other process, which starts with the first of them.

    Args:
        knowledge: folder of the knowledge base.
        folder: where drawn pictures are kept.
    """

    def __init__(self, knowledge: Path, folder: Path) -> None:
        self._knowledge = knowledge
        self._folder = folder
        self._pool: ProcessPoolExecutor | None = None
        self._drawing: dict[str, Future[None]] = {}
        self._lock = threading.Lock()

    @property
    def idle(self) -> bool:
        """Whether nothing is being drawn."""
        return not self._drawing

    def draw(self, order: Order) -> Future[None]:
        """Have a picture drawn and kept; the same one is drawn once, however often it is asked for.

        Returns:
            what ends when the picture is kept, or with a PictureError.

        Raises:
            PictureError: too many are waiting.
        """
        with self._lock:
            under_way = self._drawing.get(order.file)
            if under_way is not None:
                return under_way
            if len(self._drawing) >= MOST_WAITING:
                raise PictureError("too many pictures are waiting to be drawn; try again soon")
            future = self._submit(order)
            self._drawing[order.file] = future
        future.add_done_callback(lambda _: self._drawing.pop(order.file, None))
        return future

    def rest(self) -> None:
        """End the process; the next picture starts another."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _submit(self, order: Order) -> Future[None]:
        try:
            return self._running().submit(_draw, order, self._knowledge, self._folder)
        except BrokenProcessPool:  # the process was killed, perhaps for want of memory
            self._pool = None
            return self._running().submit(_draw, order, self._knowledge, self._folder)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, _settle_down)
        return self._pool


def _settle_down() -> None:
    """Give way to other processes, leave Ctrl-C to the parent, and end when the parent does."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="lifeline", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(0)


def _draw(order: Order, knowledge: Path, folder: Path) -> None:
    from chatbot.pictures.draw import draw

    cache = Cache(folder)
    if cache.holds(order):  # drawn by another server or by `chatbot pictures` meanwhile
        return
    if fingerprint(knowledge) != order.knowledge:
        raise PictureError(f"{knowledge} has changed since the bot was started; start it again")
    cache.keep(order, draw(order, load(knowledge)))
