"""Mistakes in the trades that people come from, and in the posts of small shops."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.errors import KnowledgeError
from chatbot.knowledge.load import load


def told(folder: Path, file: str, old: str, new: str) -> str:
    """Return what is told about the copy of the knowledge base with one change in a file."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} has changed; adapt the test"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return "\n".join(caught.value.problems)


CASHIER = "nearest: [in-sale-customer-service, customer-service-specialist, order-manager]"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('{id: payment-flow, from: "cash', '{id: payment-flwo, from: "cash', "'payment-flow'"),
        (CASHIER, "nearest: [in-sale-customer-service]", "at least 2 `nearest`"),
        (CASHIER, "nearest: [ux-designer, order-manager]", "ux-designer needs none of the skills"),
        ('    why: "A paid order', '    #: "A paid order', "wants `why`"),
        ("said_as: [behind a till,", "said_as: [no experience,", "'no experience' stands in"),
    ],
)
def test_a_trade_of_which_no_reason_can_be_told_is_a_mistake(
    copy: Path, old: str, new: str, says: str
) -> None:
    text = told(copy, "occupations.yml", old, new)
    assert "occupations.yml" in text
    assert says in text


OWNER = "until_then: Owner for goods, prices and figures"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (OWNER, "until_then: Owner for goods", "no post before it is 'Owner for goods'"),
        (f"        {OWNER}\n", "", "`from_people` and `until_then` go together"),
        ("from_people: 2\n", "from_people: 9\n", "beyond the size's 5 people"),
        ("        outside: true\n", "", "2 posts, but a shop of this size may have 1"),
    ],
)
def test_a_post_that_nobody_would_fill_is_a_mistake(
    copy: Path, old: str, new: str, says: str
) -> None:
    text = told(copy, "shop_sizes.yml", old, new)
    assert "shop_sizes.yml: micro" in text
    assert says in text


def test_a_role_that_carries_an_example_must_exist(copy: Path) -> None:
    old = "{role: marketing-planner, for: plans group offers"
    text = told(copy, "companies.yml", old, old.replace("planner,", "planer,"))
    assert "companies.yml: tencent" in text
    assert "'marketing-planner'" in text


def test_a_text_on_a_way_of_selling_has_a_limit(copy: Path) -> None:
    old = 'third-party-platform: "Has little to build'
    text = told(copy, "roles/web-developer.yml", old, old + " " + "very " * 10)
    assert "140 characters" in text
