"""One file is broken at a time, in a copy of the real knowledge base."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.utils.io import is_key_in_yaml

from chatbot.errors import KnowledgeError
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import fingerprint, load
from tests.support.paths import KNOWLEDGE

CRM = "roles/crm-specialist.yml"


@dataclass(frozen=True)
class Mistake:
    """What is replaced in which file, and what the one line about it must say."""

    file: str
    old: str
    new: str
    says: tuple[str, ...]


UNKNOWN_IDS = {
    "a skill of a role": Mistake(
        CRM,
        "id: customer-segmentation",
        "id: customer-segmentatoin",
        ("skill", "'customer-segmentatoin'", "did you mean 'customer-segmentation'"),
    ),
    "a tool of a role": Mistake(
        CRM, "id: crm-system", "id: crm-sistem", ("tool", "'crm-sistem'", "'crm-system'")
    ),
    "a group of a role": Mistake(
        CRM,
        "group: customer-service",
        "group: custmer-service",
        ("group", "'custmer-service'", "'customer-service'"),
    ),
    "the receiver of a handover": Mistake(
        CRM,
        "to: marketing-planner",
        "to: marketing-planer",
        ("role", "'marketing-planer'", "'marketing-planner'"),
    ),
    "a next level": Mistake(
        CRM,
        "role: customer-service-manager,",
        "role: customer-service-maneger,",
        ("role", "'customer-service-maneger'", "'customer-service-manager'"),
    ),
    "an interest of a role": Mistake(
        CRM, "suits: [numbers,", "suits: [nombers,", ("interest", "'nombers'", "'numbers'")
    ),
    "a source of a role": Mistake(
        CRM, "sources: [article,", "sources: [artikle,", ("source", "'artikle'", "'article'")
    ),
    "the role of a step": Mistake(
        "processes/sale-day.yml",
        "role: visual-designer",
        "role: visual-desinger",
        ("role", "'visual-desinger'", "'visual-designer'"),
    ),
    "a term of a term": Mistake(
        "terms.yml", "see: [b2b, c2c,", "see: [b2bb, c2c,", ("terms.yml: b2c", "term", "'b2bb'")
    ),
    "the model of a company": Mistake(
        "companies.yml",
        "model: third-party-platform",
        "model: third-party-platfrom",
        ("companies.yml: tmall", "'third-party-platform'"),
    ),
    "a role of a shop size": Mistake(
        "shop_sizes.yml",
        "covers: [warehouse-manager, logistics-manager]",
        "covers: [warehouse-manger, logistics-manager]",
        ("shop_sizes.yml: micro", "'warehouse-manger'", "'warehouse-manager'"),
    ),
    "the nearest role of another job": Mistake(
        "occupations.yml",
        "nearest: [operations-manager, ux-designer]",
        "nearest: [operations-manger, ux-designer]",
        ("occupations.yml", "product manager", "'operations-manger'", "'operations-manager'"),
    ),
}

SCHEMA = {
    "an unknown key": Mistake(CRM, "\nduties:", "\ndutys:", ("unknown key 'dutys'", "'duties'")),
    "an unknown key further in": Mistake(
        CRM,
        "depth: advanced, for: splitting",
        "dept: advanced, for: splitting",
        ("'skills.0.dept'",),
    ),
    "a missing key": Mistake(CRM, "purpose: So", "riasec_old: So", ("purpose", "required")),
    "a value that is not allowed": Mistake(
        CRM,
        "depth: advanced, for: building",
        "depth: expert, for: building",
        ("basic", "advanced"),
    ),
    "a text that is too long": Mistake(
        CRM, "summary: Keeps", f"summary: {'very ' * 40}Keeps", ("summary", "160 characters")
    ),
    "a date that is none": Mistake(
        CRM, "reviewed: 2026-11-22", "reviewed: last autumn", ("reviewed", "date")
    ),
    "an id with capitals": Mistake(
        "terms.yml", "- id: b2c", "- id: B2C", ("terms.yml", "B2C", "id", "does not match")
    ),
    "a level without role and title": Mistake(
        CRM,
        "- {role: customer-service-manager, note:",
        "- {note:",
        ("levels.next.0", "`role` (an id) or `title`"),
    ),
    "a handover in both directions": Mistake(
        CRM,
        "- to: marketing-planner",
        "- from: data-analyst\n    to: marketing-planner",
        ("handovers.0", "either `to` or `from`"),
    ),
}


def problems(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return caught.value.problems


def change(folder: Path, mistake: Mistake) -> None:
    path = folder / mistake.file
    text = path.read_text("utf-8")
    assert mistake.old in text, f"{mistake.file} has changed; adapt the test"
    path.write_text(text.replace(mistake.old, mistake.new, 1), "utf-8")


def lines_with(lines: list[str], *parts: str) -> list[str]:
    return [line for line in lines if all(part in line for part in parts)]


def assert_told(folder: Path, *parts: str) -> None:
    told = problems(folder)
    assert lines_with(told, *parts), f"no line has {parts}:\n" + "\n".join(told[:10])


def told_together(folder: Path, mistakes: dict[str, Mistake]) -> list[str]:
    """Make all mistakes in one copy, since reading it takes its time."""
    copied = Path(shutil.copytree(KNOWLEDGE, folder / "knowledge"))
    for mistake in mistakes.values():
        change(copied, mistake)
    return problems(copied)


@pytest.fixture(scope="module")
def told_of_ids(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return told_together(tmp_path_factory.mktemp("ids"), UNKNOWN_IDS)


@pytest.fixture(scope="module")
def told_of_schema(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return told_together(tmp_path_factory.mktemp("schema"), SCHEMA)


@pytest.mark.parametrize("mistake", UNKNOWN_IDS.values(), ids=UNKNOWN_IDS.keys())
def test_an_unknown_id_is_told_with_its_file_and_the_nearest_match(
    told_of_ids: list[str], mistake: Mistake
) -> None:
    assert len(lines_with(told_of_ids, mistake.file.split("/")[-1], *mistake.says)) == 1


def test_nothing_else_is_told_of_unknown_ids(told_of_ids: list[str]) -> None:
    assert len(told_of_ids) == len(UNKNOWN_IDS)


@pytest.mark.parametrize("mistake", SCHEMA.values(), ids=SCHEMA.keys())
def test_what_does_not_fit_the_schema_is_told_with_file_and_place(
    told_of_schema: list[str], mistake: Mistake
) -> None:
    assert lines_with(told_of_schema, mistake.file, *mistake.says)


def test_a_mistake_in_one_file_does_not_make_other_files_look_wrong(copy: Path) -> None:
    change(copy, SCHEMA["a missing key"])
    others = [line for line in problems(copy) if CRM not in line]
    assert others == []


def test_a_name_of_two_roles_is_told_with_both(copy: Path) -> None:
    clash = "crm  executive"  # "CRM executive" is a name of the CRM specialist
    rewrite_role(copy, lambda role: role["aliases"]["en"].append(clash), "roles/data-analyst.yml")
    assert_told(copy, "'crm executive'", "crm-specialist and data-analyst")


def test_a_name_of_two_terms_is_told_whatever_its_hyphens(copy: Path) -> None:
    change(copy, Mistake("terms.yml", "{en: [business to consumer", "{en: [c-2-c, C-2 C", ()))
    assert_told(copy, "terms.yml", "'c 2 c'")


def test_a_handover_to_oneself_is_told(copy: Path) -> None:
    change(copy, Mistake(CRM, "to: marketing-planner", "to: crm-specialist", ()))
    assert_told(copy, CRM, "a handover to oneself")


def test_a_handover_that_is_stated_twice_is_told(copy: Path) -> None:
    handovers = yaml.safe_load((copy / CRM).read_text("utf-8"))["handovers"]
    text = (copy / CRM).read_text("utf-8")
    again = yaml.safe_dump([handovers[0]], indent=2).replace("\n", "\n  ").rstrip()
    (copy / CRM).write_text(text.replace("handovers:\n", f"handovers:\n  {again}\n"), "utf-8")
    assert_told(copy, handovers[0]["what"], "crm-specialist to marketing-planner", "stated twice")


def test_a_role_that_no_handover_connects_is_told(copy: Path) -> None:
    add_hermit(copy)
    assert_told(copy, "no handover connects hermit")


def test_a_role_with_too_few_neighbours_is_told(copy: Path) -> None:
    add_hermit(copy)
    assert_told(copy, "roles/hermit.yml", "has 1 roles it hands over to", "at least 4")


@pytest.mark.parametrize(
    ("key", "keep", "says"),
    [
        ("duties", 5, "has 5, needs at least 6"),
        ("skills", 6, "has 6, needs at least 7"),
        ("tools", 3, "has 3, needs at least 4"),
        ("handovers", 4, "has 4, needs at least 5"),
        ("day", 2, "has 2, needs at least 3"),
    ],
)
def test_too_few_of_something_is_told_with_both_numbers(
    copy: Path, key: str, keep: int, says: str
) -> None:
    rewrite_role(copy, lambda role: role.update({key: role[key][:keep]}))
    assert_told(copy, CRM, key, says)


def test_too_few_english_names_are_told(copy: Path) -> None:
    rewrite_role(copy, lambda role: role["aliases"].update(en=role["aliases"]["en"][:4]))
    assert_told(copy, CRM, "has 4 English aliases, needs at least 5")


def test_a_role_without_a_chinese_title_is_told(copy: Path) -> None:
    rewrite_role(copy, lambda role: role["aliases"].update(zh=[]))
    assert_told(copy, CRM, "has 0 Chinese titles, needs at least 1")


def test_a_skill_that_stands_twice_in_a_role_is_told(copy: Path) -> None:
    rewrite_role(copy, lambda role: role["skills"].append(role["skills"][0]))
    assert_told(copy, CRM, "skills", "customer-segmentation stands there twice")


def test_a_role_outside_the_groups_must_say_with_which_it_works(copy: Path) -> None:
    rewrite_role(copy, lambda role: role.update(group=None))
    assert_told(copy, CRM, "works_most_with")


def test_an_id_that_stands_twice_in_a_file_is_told(copy: Path) -> None:
    change(copy, Mistake("terms.yml", "- id: b2b", "- id: b2c", ()))
    assert_told(copy, "terms.yml", "'b2c' stands there twice")


def test_an_id_that_is_not_the_file_name_is_told(copy: Path) -> None:
    (copy / CRM).rename(copy / "roles" / "crm-expert.yml")
    assert_told(copy, "crm-expert.yml", "'crm-specialist'", "file's name 'crm-expert'")


@pytest.mark.parametrize("line", ["{key}: x", "    {key}:", "  - {key}: x", "{key} : x"])
def test_a_key_that_rasa_takes_for_training_data_is_told_at_any_depth(
    copy: Path, line: str
) -> None:
    keys = ("rules", "stories", "nlu", "responses")
    for key in keys:
        (copy / "roles" / f"with-{key}.yml").write_text(f"# x\n{line.format(key=key)}\n", "utf-8")
    told = problems(copy)
    for key in keys:
        assert lines_with(told, f"with-{key}.yml", f"the key '{key}'", "training data")


def test_rasa_takes_no_file_of_the_knowledge_base_for_training_data() -> None:
    keys = ("nlu", "rules", "stories", "responses", "version", "intents", "slots", "actions")
    taken = [path for path in KNOWLEDGE.rglob("*.yml") if is_key_in_yaml(path, *keys)]
    assert taken == []


def test_a_file_that_is_not_utf8_is_told(copy: Path) -> None:
    (copy / CRM).write_bytes((copy / CRM).read_text("utf-8").encode("gb18030"))
    assert_told(copy, CRM, "not UTF-8")


def test_a_file_that_is_not_yaml_is_told_with_line_and_column(copy: Path) -> None:
    change(copy, Mistake(CRM, "duties:\n", "duties: [\n", ()))
    assert_told(copy, CRM, "not YAML", "line", "column")


def test_each_missing_file_is_told(copy: Path) -> None:
    # These belong to the linker, see chatbot/knowledge/abbreviations.py.
    others = ("abbreviations.yml", "person_words.yml")
    files = [path for path in copy.glob("*.yml") if path.name not in others]
    for path in files:
        path.unlink()
    told = problems(copy)
    assert [path.name for path in files if not lines_with(told, f"{path}: missing")] == []


@pytest.mark.parametrize("name", ["roles", "processes"])
def test_a_missing_folder_is_told(copy: Path, name: str) -> None:
    (copy / name).rename(copy / f"{name}-away")
    assert_told(copy, f"{copy / name}", "missing")


def test_a_missing_knowledge_base_is_told_with_what_it_must_hold(tmp_path: Path) -> None:
    assert_told(tmp_path / "nowhere", "nowhere", "no such folder", "groups.yml")


@pytest.mark.parametrize("file", ["roles/new-role.yml", "demand.yml"])
def test_an_empty_file_is_told(copy: Path, file: str) -> None:
    (copy / file).write_text("", "utf-8")
    assert_told(copy, file)


@pytest.mark.parametrize("content", ["- a list", "a text", "3"])
def test_a_role_file_that_holds_no_mapping_is_told(copy: Path, content: str) -> None:
    (copy / "roles" / "odd.yml").write_text(content, "utf-8")
    assert_told(copy, "odd.yml", "must be a mapping")


def test_an_entry_that_is_no_mapping_is_told(copy: Path) -> None:
    change(copy, Mistake("terms.yml", "entries:\n", "entries:\n  - lonely words\n", ()))
    assert_told(copy, "terms.yml", "'lonely words' must be a mapping")


def test_a_list_file_without_its_list_is_told(copy: Path) -> None:
    change(copy, Mistake("terms.yml", "entries:\n", "entrys:\n", ()))
    assert_told(copy, "terms.yml", "`entries`")


def test_all_mistakes_of_all_files_are_told_at_once(copy: Path) -> None:
    mistakes = [
        SCHEMA["an unknown key"],
        Mistake("roles/data-analyst.yml", "\ntools:", "\ntolls:", ("'tolls'", "'tools'")),
        Mistake("groups.yml", "works_with:", "work_with:", ("'work_with'", "'works_with'")),
        Mistake("terms.yml", "    example:", "    exampel:", ("'exampel'", "'example'")),
        Mistake("skills.yml", "kind: knowledge", "kind: talent", ("kind", "knowledge")),
    ]
    for mistake in mistakes:
        change(copy, mistake)
    (copy / "sources.yml").unlink()
    told = problems(copy)
    for mistake in mistakes:
        assert lines_with(told, mistake.file, *mistake.says), mistake.file
    assert lines_with(told, "sources.yml", "missing")


def test_the_message_counts_the_mistakes_and_holds_them_all(copy: Path) -> None:
    change(copy, UNKNOWN_IDS["a skill of a role"])
    change(copy, UNKNOWN_IDS["the role of a step"])
    with pytest.raises(KnowledgeError, match="^2 mistakes in the knowledge base:") as caught:
        load(copy)
    assert all(line in str(caught.value) for line in caught.value.problems)


def contents(base: KnowledgeBase) -> dict[str, object]:
    """Return what a knowledge base holds; each loaded one is another to Python."""
    return {field.name: getattr(base, field.name) for field in fields(base)}


def test_an_unchanged_copy_has_no_mistakes(copy: Path) -> None:
    assert contents(load(copy)) == contents(load(KNOWLEDGE))


def test_the_fingerprint_changes_with_any_file_and_with_nothing_else(copy: Path) -> None:
    before = fingerprint(copy)
    assert before == fingerprint(KNOWLEDGE)
    (copy / "notes.txt").write_text("not knowledge")
    assert fingerprint(copy) == before
    change(copy, Mistake("tools.yml", "Taobao", "Taobao ", ()))
    assert fingerprint(copy) != before


def rewrite_role(folder: Path, edit: Callable[[dict[str, Any]], object], file: str = CRM) -> None:
    role = yaml.safe_load((folder / file).read_text("utf-8"))
    edit(role)
    (folder / file).write_text(yaml.safe_dump(role, allow_unicode=True), "utf-8")


def add_hermit(folder: Path) -> None:
    role = yaml.safe_load((folder / CRM).read_text("utf-8"))
    role |= {"id": "hermit", "name": "hermit"}
    role["aliases"] = {"en": [f"hermit of kind {n}" for n in "abcde"], "zh": ["隐士"]}
    for handover in role["handovers"]:
        handover["to"] = "hermit"
    text = yaml.safe_dump(role, allow_unicode=True)
    (folder / "roles" / "hermit.yml").write_text(text, "utf-8")
