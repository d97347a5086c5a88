"""Where log lines go: all to a file, the important ones to the terminal as well, without traces."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from chatbot.settings import Settings

LARGEST_FILE = 2_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Their errors either reach the caller as exceptions or are about connections that broke.
_FILE_ONLY = ("sanic", "py.warnings", "asyncio", "apscheduler", "chatbot.cli")


class OneLine(logging.Formatter):
    """Formats a record as one line: no stack trace."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the first line of the message."""
        lines = f"{record.levelname.lower()}: {record.getMessage()}".splitlines()
        return lines[0] if lines else ""


def set_up(file: Path, settings: Settings, terminal: bool) -> None:
    """Send log lines and warnings of this process to `file`.

    Args:
        file: made, with its folder; an old one that has grown large is set aside.
        settings: its log level bounds what the terminal shows; the file gets `info` at least.
        terminal: whether standard error shows them too.
    """
    level = settings.logging_level
    handlers: list[logging.Handler] = [_file_handler(file)]
    handlers[0].setFormatter(logging.Formatter(_FORMAT))
    if terminal:
        handlers.append(_terminal_handler(level))
    logging.basicConfig(level=min(level, logging.INFO), handlers=handlers, force=True)
    logging.captureWarnings(True)
    if level > logging.DEBUG:
        # A filter of `warnings` would not do: some libraries reset them when they are imported.
        logging.getLogger("py.warnings").addFilter(_is_for_us)


def set_up_structlog() -> None:
    """Send what Rasa logs through structlog the same way; to be called before Rasa logs at all."""
    import structlog

    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().level),
        cache_logger_on_first_use=True,
    )


def _is_for_us(record: logging.LogRecord) -> bool:
    """Tell whether a warning is about more than the libraries among themselves."""
    return "DeprecationWarning" not in record.getMessage()


def _file_handler(file: Path) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST_FILE:
            file.replace(file.with_suffix(".old.log"))
        return logging.FileHandler(file, encoding="utf-8")
    except OSError:
        # A read-only folder must not keep the bot from answering.
        return logging.NullHandler()


def _terminal_handler(level: int) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(OneLine())
    handler.addFilter(lambda record: not record.name.startswith(_FILE_ONLY))
    return handler
