"""Taking ports."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from chatbot.errors import ServiceError
from chatbot.serving import ports

LOCAL = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with closing(ports.claim(LOCAL, 0, "--port")) as claimed:
        yield claimed


def test_port_0_takes_a_free_port(taken: socket.socket) -> None:
    assert taken.getsockname()[1] > 0


def test_a_claimed_port_accepts_callers_at_once(taken: socket.socket) -> None:
    with socket.create_connection(taken.getsockname(), timeout=1):
        pass


def test_a_busy_port_is_named_with_the_option_that_changes_it(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    with pytest.raises(ServiceError, match=rf"port {port} on 127.0.0.1 .*uses it.*\(--port\)"):
        ports.claim(LOCAL, port, "--port")


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ServiceError, match="no such address"):
        ports.claim("192.0.2.1", 0, "--port")


def test_a_host_that_is_no_name_is_refused() -> None:
    with pytest.raises(ServiceError, match="host '.*' is not known"):
        ports.claim("x" * 300, 0, "--port")


def test_the_address_can_be_called(taken: socket.socket) -> None:
    assert ports.url(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_the_address_of_all_addresses_is_the_local_one() -> None:
    with closing(ports.claim("0.0.0.0", 0, "--port")) as claimed:
        assert ports.url(claimed).startswith("http://127.0.0.1:")
