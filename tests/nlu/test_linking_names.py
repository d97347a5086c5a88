"""Names as people write them, looked up with the linker of the trained bot."""

from __future__ import annotations

import pytest

from chatbot.knowledge.base import KINDS, KnowledgeBase
from chatbot.knowledge.names import HINT, OCCUPATION, all_names
from tests.support.checks import assert_none
from tests.support.linking import linked, linker

ABBREVIATIONS = [
    ("CSR", "customer-service-specialist"),
    ("what does a <b>webmaster</b> do", "site-administrator"),
    ("What does a CSR do?", "customer-service-specialist"),
    ("QC inspector", "quality-controller"),
    ("ops manager", "operations-manager"),
    ("ops asst", "operations-assistant"),
    ("ops assistant", "operations-assistant"),
    ("cs manager", "customer-service-manager"),
    ("cs supervisor", "customer-service-supervisor"),
    ("warehouse mgr", "warehouse-manager"),
    ("db dev", "database-developer"),
    ("web dev", "web-developer"),
    ("site admin", "site-administrator"),
    ("sales rep", "sales-representative"),
    ("UX designer", "ux-designer"),
    ("SEO specialist", "sem-specialist"),
    ("e-com ops specialist", "operations-specialist"),
    ("ecommerce operations manager", "operations-manager"),
    ("presales customer service rep", "pre-sales-customer-service"),
    ("aftersales cs rep", "after-sales-customer-service"),
]
MISSPELT = [
    ("warehose manager", "warehouse-manager"),
    ("werehouse manager", "warehouse-manager"),
    ("warehouse maneger", "warehouse-manager"),
    ("logistcs manager", "logistics-manager"),
    ("purchsing manager", "purchasing-manager"),
    ("purchaseing manager", "purchasing-manager"),
    ("opertions specialist", "operations-specialist"),
    ("operations specalist", "operations-specialist"),
    ("custommer service supervizor", "customer-service-supervisor"),
    ("customer servise manager", "customer-service-manager"),
    ("data analist", "data-analyst"),
    ("data anaylst", "data-analyst"),
    ("databse developer", "database-developer"),
    ("web develper", "web-developer"),
    ("marketing planer", "marketing-planner"),
    ("visual merchandizer", "visual-merchandiser"),
    ("visual merchendiser", "visual-merchandiser"),
    ("visual desinger", "visual-designer"),
    ("quality controler", "quality-controller"),
    ("chanel manager", "channel-manager"),
    ("weichat marketing specialist", "wechat-marketing-specialist"),
    ("site adminstrator", "site-administrator"),
    ("digital markting specialist", "digital-marketing-specialist"),
    ("sales representitive", "sales-representative"),
]
SPLIT_OR_JOINED = [
    ("ware house manager", "warehouse-manager"),
    ("warehousemanager", "warehouse-manager"),
    ("data base developer", "database-developer"),
    ("webdeveloper", "web-developer"),
    ("dataanalyst", "data-analyst"),
    ("data-analyst", "data-analyst"),
    ("web-developer", "web-developer"),
    ("pre sales customer service rep", "pre-sales-customer-service"),
    ("presales customer service rep", "pre-sales-customer-service"),
    ("we chat marketing specialist", "wechat-marketing-specialist"),
    ("crm-specialist", "crm-specialist"),
    ("e commerce operations specialist", "operations-specialist"),
]
CHINESE = [
    ("CRM专员", "crm-specialist"),
    ("CRM专员是做什么的?", "crm-specialist"),
    ("What does a CRM专员 do?", "crm-specialist"),
    ("请问仓库经理的工作是什么", "warehouse-manager"),
    ("数据分析师需要什么技能", "data-analyst"),
    ("运营助理和运营经理有什么区别", "operations-assistant"),
    ("运营助理和运营经理有什么区别", "operations-manager"),
]
PLURALS = [
    ("what do warehouse managers do", "warehouse-manager"),
    ("CRM specialists", "crm-specialist"),
    ("data analysts' tools", "data-analyst"),
    ("the data analyst's tools", "data-analyst"),
    ("sales representatives", "sales-representative"),
    ("do UX designers code", "ux-designer"),
    ("buyers", "purchasing-manager"),
]
# Words of role names that stand inside other words or in everyday phrases.
NO_ROLE = [
    "webmasterclass",
    "the designership of the universe",
    "codatabased",
    "buyership agreements",
    "warehousemanagersaurus",
    "I bought a manageress hat",
    "operatorless lift",
    "what is the weather like",
    "tell me a joke",
    "how old are you",
    "my parcel is late",
    "a boxer and a mechanic",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_leads_to_its_entry(base: KnowledgeBase, kind: str) -> None:
    lost = [
        f"{node.id}: {name!r} leads to {sorted(linked(name)) or 'nothing'}"
        for node in base.by_kind[kind].values()
        for name in node.names
        if node.id not in linked(name, kind)
    ]
    assert_none(lost, f"names of a {kind} do not lead to it")


@pytest.mark.parametrize("change", [str.upper, str.title, "  {}  ".format, "“{}”!".format])
def test_letters_spaces_and_quotes_do_not_matter(base: KnowledgeBase, change: object) -> None:
    assert callable(change)
    lost = [
        f"{role.id}: {change(name)!r}"
        for role in base.roles.values()
        for name in (role.name, *role.aliases.en)
        if role.id not in linked(change(name), "role")
    ]
    assert_none(lost, "changed names are not found")


def test_every_role_is_found_in_the_plural(base: KnowledgeBase) -> None:
    lost = [
        f"{role.id}: {role.name}s"
        for role in base.roles.values()
        if role.id not in linked(f"What do {role.name}s do all day?", "role")
    ]
    assert_none(lost, "plurals are not found")


def test_every_role_is_found_in_the_middle_of_a_sentence(base: KnowledgeBase) -> None:
    lost = [
        f"{role.id}: {name}"
        for role in base.roles.values()
        for name in (role.name, *role.aliases.en)
        if role.id not in linked(f"my cousin has been a {name}, for years", "role")
    ]
    assert_none(lost, "names are not found inside a sentence")


@pytest.mark.parametrize(("text", "role"), PLURALS)
def test_plurals_and_genitives(text: str, role: str) -> None:
    assert role in linked(text, "role")


@pytest.mark.parametrize(("text", "role"), ABBREVIATIONS)
def test_abbreviations(text: str, role: str) -> None:
    assert linked(text, "role") == {role}


@pytest.mark.parametrize(("text", "role"), MISSPELT)
def test_misspellings_by_one_or_two_letters(text: str, role: str) -> None:
    assert role in linked(text, "role")


@pytest.mark.parametrize(("text", "role"), SPLIT_OR_JOINED)
def test_split_and_joined_words(text: str, role: str) -> None:
    assert role in linked(text, "role")


@pytest.mark.parametrize(("text", "role"), CHINESE)
def test_chinese_names(text: str, role: str) -> None:
    assert role in linked(text, "role")


def test_the_longest_chinese_name_wins(base: KnowledgeBase) -> None:
    assert "客服" in base.groups["customer-service"].names
    assert linked("客服专员", "role", "group") == {"customer-service-specialist"}


@pytest.mark.parametrize("text", NO_ROLE)
def test_no_role_is_seen_where_none_is_named(text: str) -> None:
    assert linked(text, "role") == set()


def test_a_longer_name_hides_the_shorter_ones_in_it() -> None:
    assert linked("customer service manager", "role", "group", HINT) == {"customer-service-manager"}


def test_two_names_in_one_message_are_found_in_order() -> None:
    found = [m.id for m in linker().link("buyer or warehouse manager?") if m.kind == "role"]
    assert found == ["purchasing-manager", "warehouse-manager"]


def test_a_misspelt_name_scores_lower_than_an_exact_one() -> None:
    def score(text: str) -> float:
        return next(m.score for m in linker().link(text) if m.id == "warehouse-manager")

    assert score("wareghouse mannager") < score("wareghouse manager") < 1
    assert score("warehouse manager") == 1


def test_a_word_of_the_dictionary_is_never_mended() -> None:
    # "boxer" is two letters from "buyer", "changed" two from "channel"
    assert linked("boxer", "role", HINT) == set()


def test_a_hint_names_the_roles_it_may_stand_for(base: KnowledgeBase) -> None:
    (hint,) = [m for m in linker().link("what does the manager do") if m.kind == HINT]
    managers = {role.id for role in base.roles.values() if role.name.endswith("manager")}
    assert hint.text == "manager"
    assert set(hint.candidates) == managers


@pytest.mark.parametrize("text", ["specialist", "the designer", "developers", "a coordinator"])
def test_a_hint_leaves_at_least_two_roles_open(base: KnowledgeBase, text: str) -> None:
    found = [m for m in linker().link(text) if m.kind == HINT]
    assert found
    for hint in found:
        assert len(hint.candidates) >= 2
        assert set(hint.candidates) <= base.roles.keys()


def test_no_name_leads_to_two_entries_of_one_kind(base: KnowledgeBase) -> None:
    shared = []
    for name in {name.text for name in all_names(base)}:
        found = {(m.kind, m.id) for m in linker().link(name) if m.text == name}
        kinds = [kind for kind, _ in found]
        shared += [f"{name!r}: {sorted(found)}" for kind in set(kinds) if kinds.count(kind) > 1]
    assert_none(shared, "names lead to two entries of one kind")


def test_a_full_name_is_never_a_hint(base: KnowledgeBase) -> None:
    names = {
        n.lower()
        for kind in ("role", "group")
        for x in base.by_kind[kind].values()
        for n in x.names
    }
    found = {
        m.id for name in names for m in linker().link(name) if m.kind == HINT and m.text == name
    }
    assert found == set()


@pytest.mark.parametrize("title", ["product manager", "nurse", "lawyer"])
def test_jobs_without_an_entry_are_known_by_name(base: KnowledgeBase, title: str) -> None:
    assert title in base.occupations
    assert linked(f"what does a {title} do", OCCUPATION) == {title}


def test_no_name_of_a_job_without_an_entry_is_a_name_of_a_role(base: KnowledgeBase) -> None:
    clashes = [
        f"{title}: {name!r} is {linked(name, 'role')}"
        for title, job in base.occupations.items()
        for name in job.names
        if linked(name, "role")
    ]
    assert_none(clashes, "names of other jobs are taken for a role")
