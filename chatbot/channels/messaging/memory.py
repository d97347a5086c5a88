"""What a channel remembers between messages: always of bounded size."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """A dictionary that forgets what was not used for longest.

    Args:
        most: how many entries it keeps.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> T | None:
        """Return what is kept under a key, or None."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: str, value: T) -> None:
        """Keep a value, in place of what was kept under the key."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def pop(self, key: str) -> T | None:
        """Forget what is kept under a key, and return it."""
        return self._kept.pop(key, None)

    def first_time(self, key: str, value: T) -> bool:
        """Keep a value unless there is one; tell whether there was none."""
        if self.get(key) is not None:
            return False
        self.put(key, value)
        return True
