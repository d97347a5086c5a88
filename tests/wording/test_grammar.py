from __future__ import annotations

import pytest

from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.grammar import capital, clause, lower_first, with_article, without_stop


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("buyer", "a"),
        ("order manager", "an"),
        ("e-commerce operator", "an"),
        ("after-sales customer service rep", "an"),
        ("SEM specialist", "an"),
        ("SEO specialist", "an"),
        ("CRM specialist", "a"),
        ("UX designer", "a"),
        ("QC inspector", "a"),
        ("HR officer", "an"),
        ("user researcher", "a"),
        ("one-person shop", "a"),
        ("unit", "a"),
        ("WeChat marketing specialist", "a"),
        ("online marketer", "an"),
        ("in-sale customer service rep", "an"),
    ],
)
def test_the_article_follows_the_sound(name: str, article: str) -> None:
    assert with_article(name) == f"{article} {name}"


def test_every_role_has_an_article(base: KnowledgeBase) -> None:
    for role in base.roles.values():
        article, name = with_article(role.name).split(" ", 1)
        assert article in ("a", "an")
        assert name == role.name


@pytest.mark.parametrize(
    ("text", "result"),
    [("abc def", "Abc def"), ("wECHAT", "WECHAT"), ("", ""), ("éa", "Éa"), ("Already", "Already")],
)
def test_capital_changes_the_first_letter_only(text: str, result: str) -> None:
    assert capital(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Keeps past buyers", "keeps past buyers"),
        ("WeChat posts", "WeChat posts"),
        ("CRM data", "CRM data"),
        ("SKUs by sales", "SKUs by sales"),
        ("Taobao listings", "Taobao listings"),
        ("Taobao's rules", "Taobao's rules"),
        ("A buyer", "A buyer"),
        ("", ""),
        ("618 figures", "618 figures"),
        ("Monday, before noon", "Monday, before noon"),
    ],
)
def test_a_small_first_letter_spares_names_and_abbreviations(text: str, result: str) -> None:
    assert lower_first(text) == result


def test_what_starts_with_a_product_name_keeps_its_capital(base: KnowledgeBase) -> None:
    names = {tool.name.split(" ")[0] for tool in base.tools.values()}
    proper = {name for name in names if name[:1].isupper()}
    handovers = [edge.what for edge in base.handovers if edge.what.split(" ")[0] in proper]
    assert [text for text in handovers if lower_first(text) != text] == []


def test_a_closing_stop_is_taken_away() -> None:
    assert without_stop("done.") == "done"
    assert without_stop("done") == "done"


LONG = "Plans the campaigns, with goal and budget, and reviews afterwards what each one brought in."


@pytest.mark.parametrize("longest", [30, 40, 60, 70, 80])
def test_a_clause_fits_and_is_a_beginning(longest: int) -> None:
    found = clause(LONG, longest)
    assert len(found) <= longest + len(" …")
    assert LONG.startswith(found.removesuffix(" …"))
    assert not found.endswith((",", " and", " with"))


def test_a_short_text_is_a_clause_of_its_own() -> None:
    assert clause("Checks goods.", 70) == "Checks goods"


def test_a_text_without_a_good_place_is_cut_at_a_word() -> None:
    assert clause("counting countless counterfeit counters", 20) == "counting countless …"
