"""The names of pictures: made, read back, refused."""

from __future__ import annotations

import pytest

from chatbot.errors import PictureError
from chatbot.pictures import names
from chatbot.pictures.names import Picture, address, parse
from tests.pictures.scenes import all_pictures
from tests.support.base import knowledge_base

ROLE = "warehouse-manager"


def test_a_name_is_the_kind_and_the_ids() -> None:
    assert Picture(names.COLLABORATION, (ROLE,)).name == f"collaboration--{ROLE}"


def test_every_picture_has_a_name_that_leads_back_to_it() -> None:
    pictures = all_pictures()
    assert len({picture.name for picture in pictures}) == len(pictures) > 1000
    assert [p for p in pictures if parse(p.name, knowledge_base()) != p] == []


def test_both_orders_are_one_picture() -> None:
    one, other = (Picture(names.PAIR, ids) for ids in ((ROLE, "buyer"), ("buyer", ROLE)))
    assert one == other
    assert one.name == other.name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "there are collaboration, pair"),
        ("colaboration--warehouse-manager", "did you mean 'collaboration'?"),
        ("collaboration", "needs 1 different role ids"),
        ("collaboration--warehouse-manger", "did you mean 'warehouse-manager'?"),
        ("collaboration--warehouse-manager--order-manager", "needs 1 different role ids"),
        ("pair--order-manager--order-manager", "needs 2 different role ids"),
        ("group--warehouse-manager", "there is no group 'warehouse-manager'"),
        ("compare--order-manager", "needs 2 or 3 different role ids"),
        ("collaboration--../../../etc/passwd", "there is no role '../../../etc/passwd'"),
        ("collaboration----warehouse-manager", "needs 1 different role ids"),
    ],
)
def test_a_name_of_nothing_is_refused_with_a_reason(name: str, reason: str) -> None:
    with pytest.raises(PictureError) as caught:
        parse(name, knowledge_base())
    assert reason in str(caught.value)


def test_a_kind_shows_only_as_many_as_it_can() -> None:
    assert names.picture(names.COMPARE, ("a", "b", "c")) == Picture(names.COMPARE, ("a", "b", "c"))
    assert names.picture(names.COMPARE, ("a", "b", "c", "d")) is None
    assert names.picture(names.CAREER_PATH, ("a", "b")) is None
    assert names.picture(names.PAIR, ("a", "a")) is None


def test_an_address_needs_no_server_in_front() -> None:
    picture = Picture(names.PROCESS, ("sale-day",))
    assert address(picture, "") == "/pictures/process--sale-day.png?width=360"
    assert address(picture, "https://bot.example/x", "svg", 1200) == (
        "https://bot.example/x/pictures/process--sale-day.svg?width=1200"
    )
