"""Short forms of jobs, and names that only their next word gives away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.knowledge.abbreviations import load_person_words
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.find import Linker
from chatbot.knowledge.names import HINT, OCCUPATION, ROLE_WORD, Hint, Name, short_names
from tests.support.checks import assert_none
from tests.support.linking import linked
from tests.support.paths import KNOWLEDGE

PEOPLE = load_person_words(KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("what does the weibo guy do", "weibo-marketing-specialist"),
        ("is the wechat lady busy", "wechat-marketing-specialist"),
        ("the order person", "order-manager"),
        ("the order ppl", "order-manager"),
        ("warehouse folks", "warehouse-manager"),
        ("call centre people", "customer-service-specialist"),
        ("a banner guy", "visual-designer"),
        ("the refund one", "after-sales-customer-service"),
        ("our SEO guys", "sem-specialist"),
    ],
)
def test_a_short_form_and_a_word_for_a_person_name_a_role(text: str, role: str) -> None:
    assert linked(text, "role") == {role}


def test_every_short_form_names_its_role_before_every_word_for_a_person(
    base: KnowledgeBase,
) -> None:
    lost = [
        f"{role.id}: {short} {person}"
        for role in base.roles.values()
        for short in (*role.aliases.short, *role.aliases.before_person)
        for person in PEOPLE
        if role.id not in linked(f"{short} {person}", "role")
        and not linked(f"{short} {person}", "role", OCCUPATION)  # another job of that very name
    ]
    assert_none(lost, "short forms do not name their role")


@pytest.mark.parametrize("text", ["weibo", "sem or seo", "and wechat?", "planner"])
def test_a_short_form_alone_may_mean_a_role_but_names_none(text: str) -> None:
    assert linked(text, ROLE_WORD)
    assert linked(text, "role") == set()


@pytest.mark.parametrize(
    "text", ["order", "my order is late", "numbers", "a coupon", "the picture", "stock"]
)
def test_an_everyday_word_alone_is_no_role_at_all(text: str) -> None:
    assert linked(text, "role", ROLE_WORD) == set()


def test_a_job_without_an_entry_is_not_made_a_short_form(base: KnowledgeBase) -> None:
    taken = next(name for job in base.occupations.values() for name in job.names if " " in name)
    front, person = taken.rsplit(" ", 1)
    role = next(iter(base.roles.values()))
    aliases = role.aliases.copy(update={"short": (front,)})
    roles = {role.id: role.copy(update={"aliases": aliases})}
    small = replace(base, by_kind={**base.by_kind, "role": roles})
    names = {name.text for name in short_names(small, [person, "guy"]) if name.kind == "role"}
    assert f"{front} guy" in names
    assert taken not in names


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("ordr manager", "order-manager"),
        ("what does the oder manager do", "order-manager"),
        ("chanell manager", "channel-manager"),
        ("werehous manager", "warehouse-manager"),
    ],
)
def test_a_misspelt_word_is_mended_by_the_next(text: str, role: str) -> None:
    assert linked(text, "role") == {role}


@pytest.mark.parametrize(
    "text",
    ["my manager", "your manager", "our manager", "what does that manager do", "the other manager"],
)
def test_a_word_of_the_language_before_a_partial_name_stays(text: str) -> None:
    assert linked(text, "role") == set()
    assert "manager" in linked(text, HINT)


@pytest.fixture(scope="module")
def small() -> Linker:
    names = [
        Name("role", "a", "order manager"),
        Name("role", "b", "channel manager"),
        Name("role", "c", "sales representative"),
        Name("role", "d", "chat representative"),
        Name("role", "e", "border officer", True),
    ]
    hints = [Hint("manager", ("a", "b")), Hint("representative", ("c", "d"))]
    return Linker(names, hints, {"rep": "representative"}, ["older", "the", "sails"])


def found(linker: Linker, text: str) -> set[str]:
    return {mention.id for mention in linker.link(text) if mention.kind == "role"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("ordr manager", {"a"}),
        ("chanell manager", {"b"}),
        ("chnael manager", {"b"}),  # two letters changed places
        ("older manager", set()),  # a word of the dictionary
        ("arder manager", set()),  # another first letter
        ("ord manager", set()),  # too short
        ("ordxy manager", set()),  # two letters of a short word
        ("ordr status", set()),  # no name goes on like that
        ("manager ordr", set()),
        ("ordr1 manager", set()),  # a code
    ],
)
def test_what_is_mended_by_the_next_word_and_what_is_not(
    small: Linker, text: str, roles: set[str]
) -> None:
    assert found(small, text) == roles


def test_a_mended_name_says_where_it_stands_and_is_less_sure(small: Linker) -> None:
    text = "the ordr manager, please"
    (mention,) = [m for m in small.link(text) if m.kind == "role"]
    assert text[mention.start : mention.end] == "ordr manager"
    assert mention.score < 1


@pytest.mark.parametrize("text", ["sales rep", "sales reps", "Sales Reps", "sales reps'"])
def test_an_abbreviation_is_found_in_the_plural(small: Linker, text: str) -> None:
    assert found(small, text) == {"c"}


def test_reps_alone_leaves_open_who_is_meant(small: Linker) -> None:
    (hint,) = [mention for mention in small.link("what do reps do") if mention.kind == HINT]
    assert hint.candidates == ("c", "d")


def test_a_linker_mends_alike_after_it_was_stored(small: Linker) -> None:
    again = Linker.from_dict(small.as_dict())
    for text in ("ordr manager", "older manager", "sales reps", "bordr officer"):
        assert again.link(text) == small.link(text)
