"""What the knowledge base must hold at least."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict

import pytest

from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import texts
from tests.support.checks import assert_none

GROUPS = ("customer-service", "visual-design", "supply-chain", "marketing", "operations")
GROUPS += ("technology",)
ROLES = {
    "customer-service": [
        "pre-sales-customer-service",
        "in-sale-customer-service",
        "after-sales-customer-service",
        "customer-service-specialist",
        "customer-service-supervisor",
        "customer-service-manager",
        "crm-specialist",
    ],
    "visual-design": ["visual-designer", "visual-merchandiser"],
    "supply-chain": [
        "channel-manager",
        "quality-controller",
        "order-manager",
        "purchasing-manager",
        "warehouse-manager",
        "logistics-manager",
    ],
    "marketing": [
        "marketing-planner",
        "sem-specialist",
        "wechat-marketing-specialist",
        "weibo-marketing-specialist",
        "digital-marketing-specialist",
    ],
    "operations": ["operations-assistant", "operations-specialist", "operations-manager"],
    "technology": [
        "web-developer",
        "ux-designer",
        "database-developer",
        "data-maintenance-specialist",
        "site-administrator",
        "technical-support-engineer",
    ],
    None: ["data-analyst", "sales-representative"],
}
TERMS_OF_THE_ARTICLE = (
    "b2c", "c2b", "crm", "sem", "supply-chain", "supply-chain-management", "zero-inventory",
    "fan-economy", "community-e-commerce", "compound-talent", "composite-industry",
    "digitalisation", "eyeball-economy", "channel-flattening", "pre-sale-mode", "core-enterprise",
    "raw-material", "distributor", "end-user", "fast-supply-chain-response", "pre-sales",
    "in-sale", "after-sales", "wechat-marketing", "weibo-marketing", "digital-marketing",
    "visual-merchandising", "visual-impact", "operations-management", "operation-strategy",
    "sales-plan", "marketing-plan", "marketing-promotion", "brand-reputation", "traffic",
    "equivalent-exchange", "personalised-service", "customer-satisfaction", "online-store",
    "division-of-labour", "job-group", "innovation-and-entrepreneurship",
)  # fmt: skip
TOOLS_OF_THE_ARTICLE = ("qianniu", "taobao", "tmall", "jd", "wechat", "weibo")
COMPANIES = ("tmall", "xiaomi", "tencent", "huawei", "gree", "taobao", "jd")
PROCESSES = {
    "list-new-product", "order-to-door", "return-or-complaint",
    "sale-day", "restocking", "opening-a-shop",
}  # fmt: skip

# No figure of what a job pays may stand anywhere.
_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|wages?|pay ?(?:cheque|check|roll|grade|scale)|remuneration)\b"
    r"|\bearns? (?:about |around |up to )?[\d¥$€]"
    r"|\d[\d,.]* ?(?:yuan|rmb|cny|dollars?|euros?|k)? (?:a|per) (?:month|year|annum|hour)\b",
    re.IGNORECASE,
)


def test_there_are_exactly_the_six_groups(base: KnowledgeBase) -> None:
    assert tuple(base.groups) == GROUPS


@pytest.mark.parametrize("group", ROLES, ids=str)
def test_a_group_has_exactly_the_roles_of_the_taxonomy(
    base: KnowledgeBase, group: str | None
) -> None:
    found = {role.id for role in base.roles.values() if role.group == group}
    assert found == set(ROLES[group])


def test_there_are_31_roles(base: KnowledgeBase) -> None:
    assert len(base.roles) == sum(map(len, ROLES.values())) == 31


@pytest.mark.parametrize(
    ("kind", "least"),
    [("skill", 90), ("tool", 60), ("term", 60), ("process", 6), ("company", 7)]
    + [("business_model", 2), ("shop_size", 4), ("demand", 3), ("interest", 8)],
)
def test_there_are_enough_entries_of_each_kind(base: KnowledgeBase, kind: str, least: int) -> None:
    assert len(base.by_kind[kind]) >= least


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("term", TERMS_OF_THE_ARTICLE),
        ("tool", TOOLS_OF_THE_ARTICLE),
        ("company", COMPANIES),
        ("process", PROCESSES),
    ],
)
def test_what_the_article_names_has_an_entry(
    base: KnowledgeBase, kind: str, wanted: tuple[str, ...]
) -> None:
    assert [key for key in wanted if key not in base.by_kind[kind]] == []


@pytest.mark.parametrize(
    ("field", "least"), [("duties", 6), ("skills", 7), ("tools", 4), ("day", 3)]
)
def test_each_role_has_enough_of(base: KnowledgeBase, field: str, least: int) -> None:
    short = [role.id for role in base.roles.values() if len(getattr(role, field)) < least]
    assert short == []


def test_each_role_needs_skills_of_all_kinds(base: KnowledgeBase) -> None:
    kinds = {
        role.id: {base.skills[use.id].kind for use in role.skills} for role in base.roles.values()
    }
    assert {
        role for role, found in kinds.items() if found != {"knowledge", "hard", "soft"}
    } == set()


def test_each_role_has_five_english_aliases_and_a_chinese_title(base: KnowledgeBase) -> None:
    short = [
        role.id
        for role in base.roles.values()
        if len(set(role.aliases.en) - {role.name}) < 5 or not role.aliases.zh
    ]
    assert short == []


def test_each_role_hands_over_to_or_from_four_others(base: KnowledgeBase) -> None:
    edges: dict[str, list[str]] = defaultdict(list)
    for edge in base.handovers:
        edges[edge.giver].append(edge.receiver)
        edges[edge.receiver].append(edge.giver)
    assert [r for r in base.roles if len(edges[r]) < 5 or len(set(edges[r])) < 4] == []


def test_each_role_has_codes_of_a_public_standard(base: KnowledgeBase) -> None:
    bare = [r.id for r in base.roles.values() if not (r.codes.onet and r.codes.esco)]
    assert bare == []


def test_a_role_that_names_a_standard_as_source_has_its_code(base: KnowledgeBase) -> None:
    wrong = [
        f"{role.id}: {standard}"
        for role in base.roles.values()
        for standard in ("onet", "esco", "csco")
        if (standard in role.sources) != bool(getattr(role.codes, standard))
    ]
    assert wrong == []


def test_codes_look_as_their_standard_writes_them(base: KnowledgeBase) -> None:
    looks = {"onet": r"\d\d-\d{4}\.\d\d", "esco": r"\d{4}(\.\d+)*", "csco": r"\d-\d\d-\d\d-\d\d"}
    wrong = [
        f"{role.id}: {standard} {code.code}"
        for role in base.roles.values()
        for standard, look in looks.items()
        for code in getattr(role.codes, standard)
        if not re.fullmatch(look, code.code)
    ]
    assert wrong == []


def test_each_entry_names_its_sources_and_was_reviewed(base: KnowledgeBase) -> None:
    today = datetime.date.today()
    wrong = [
        f"{kind} {node.id}"
        for kind, node in base.nodes()
        if not node.sources or not datetime.date(2026, 1, 1) <= node.reviewed <= today
    ]
    assert wrong == []


def test_each_entry_has_a_name_that_only_it_has_in_its_kind(base: KnowledgeBase) -> None:
    for nodes in base.by_kind.values():
        names = [node.name.lower() for node in nodes.values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", ["skill", "tool", "term", "group", "process", "company"])
def test_each_entry_has_an_english_alias(base: KnowledgeBase, kind: str) -> None:
    assert [node.id for node in base.by_kind[kind].values() if not node.aliases.en] == []


def test_each_skill_is_needed_by_a_role_or_asked_for_by_employers(base: KnowledgeBase) -> None:
    needed = {use.id for role in base.roles.values() for use in role.skills}
    needed |= {skill for demand in base.demands.values() for skill in demand.skills}
    assert sorted(base.skills.keys() - needed) == []


def test_most_roles_own_a_step_of_a_process(base: KnowledgeBase) -> None:
    owners = {step.role for process in base.processes.values() for step in process.steps}
    assert len(owners) >= 20


def test_every_role_is_covered_once_at_each_shop_size(base: KnowledgeBase) -> None:
    for size in base.shop_sizes.values():
        covered = [role for post in size.posts for role in post.covers]
        assert sorted(covered) == sorted(base.roles), size.id


def test_shop_sizes_follow_on_each_other_without_gap(base: KnowledgeBase) -> None:
    sizes = [size.people for size in base.shop_sizes.values()]
    assert sizes[0][0] == 1
    assert sizes[-1][1] is None
    for (_, most), (least, _) in zip(sizes, sizes[1:], strict=False):
        assert most is not None
        assert least == most + 1


def test_no_text_of_a_role_stands_in_another_role(base: KnowledgeBase) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for role in base.roles.values():
        for _, text in texts(role):
            if len(text) >= 25:  # "every Monday" may be true of many
                owners[text.lower().rstrip(".")].add(role.id)
    shared = [f"{sorted(ids)}: {text}" for text, ids in owners.items() if len(ids) > 1]
    assert_none(shared, "texts stand in several roles")


def test_no_definition_stands_in_two_entries(base: KnowledgeBase) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for kind, node in base.nodes():
        owners[getattr(node, "definition", f"{kind} {node.id}")].append(node.id)
    assert [ids for ids in owners.values() if len(ids) > 1] == []


def test_there_are_no_salary_figures(base: KnowledgeBase) -> None:
    found = [
        f"{kind} {node.id} {path}: {text}"
        for kind, node in base.nodes()
        for path, text in texts(node)
        if _PAY.search(text)
    ]
    assert_none(found, "texts speak of pay")


def test_texts_are_clean(base: KnowledgeBase) -> None:
    odd = re.compile(r"  |\s[,.;:!?]|\.\.|\bTODO\b|\bTBD\b|\{\{|<[a-z/]|^\s|\s$|[“”]{2}")
    found = [
        f"{kind} {node.id} {path}: {text}"
        for kind, node in base.nodes()
        for path, text in texts(node)
        if odd.search(text)
    ]
    assert_none(found, "texts have leftovers in them")


def test_definitions_end_like_sentences(base: KnowledgeBase) -> None:
    found = [
        f"{kind} {node.id}: {node.definition[-30:]}"
        for kind, node in base.nodes()
        if hasattr(node, "definition") and not node.definition.endswith((".", "!", "?", ".”", ")"))
    ]
    assert_none(found, "definitions have no full stop")
