"""What is needed to draw a picture, and the folder of those that are drawn already."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chatbot.pictures.names import Picture

SVG, PNG = "svg", "png"
FORMATS = (SVG, PNG)
# Where drawn pictures are kept, in the project's folder.
FOLDER = Path(".cache", "pictures")
# When they take more than this, those not asked for longest are removed.
MOST_BYTES = 256 * 1024 * 1024
_ASIDE = ".part"
# Who draws ahead may be another user than the one who serves.
_MODE = 0o644
_LENGTH = 20


@dataclass(frozen=True)
class Order:
    """A picture to draw.

    Args:
        picture: what it shows.
        width: one of `style.WIDTHS`.
        form: one of `FORMATS`.
        title: its headline.
        alt: what it shows in words, which its file carries too.
        phrases: what is written in it besides names, by name.
        knowledge: fingerprint of the knowledge base that it shows.
    """

    picture: Picture
    width: int
    form: str
    title: str
    alt: str
    phrases: Mapping[str, str]
    knowledge: str

    @property
    def key(self) -> str:
        """A digest that changes when anything does that the picture depends on, its code too."""
        parts = (self.knowledge, _code(), self.title, self.alt, *sorted(self.phrases.items()))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:_LENGTH]

    @property
    def file(self) -> str:
        """Name of the file that it is kept in."""
        return f"{self.picture.name}-{self.width}-{self.key}.{self.form}"


class Cache:
    """A folder of drawn pictures; one file each, there only when it is complete.

    Args:
        folder: made when the first picture is kept.
        most: bytes that all files together may have.
    """

    def __init__(self, folder: Path = FOLDER, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most

    def read(self, order: Order) -> bytes | None:
        """Return the picture if it is there."""
        path = self._folder / order.file
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        with suppress(OSError):
            os.utime(path)  # so that those in use are not the ones that are removed
        return content

    def holds(self, order: Order) -> bool:
        """Return whether the picture is there."""
        return (self._folder / order.file).exists()

    def keep(self, order: Order, content: bytes) -> None:
        """Keep a picture; whoever reads meanwhile finds it whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(_ASIDE, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, _MODE)
            os.replace(name, self._folder / order.file)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        self._make_room()

    def _make_room(self) -> None:
        files = sorted(self._files())
        spare = sum(size for _, size, _ in files) - self._most
        for _, size, path in files:
            if spare <= 0:
                return
            path.unlink(missing_ok=True)
            spare -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another process made room
                about = path.stat()
                yield about.st_mtime, about.st_size, path


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a digest of the code that draws."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
