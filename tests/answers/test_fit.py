"""How well roles fit what the interview was told, and whether the reasons are true."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from chatbot.answers import fit
from chatbot.dialogue.question import Thing
from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import knowledge_base

SHOWN = 3


def every_way(base: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """Yield every way to choose one option for each question."""
    lists = [[f"{q.id}={o.id}" for o in q.options] for q in base.interview.questions]
    return itertools.product(*lists)


def some_ways(base: KnowledgeBase, number: int = 150) -> list[tuple[str, ...]]:
    """Return random answers: several options, negated ones, own words, skipped questions."""
    rng = random.Random(7)  # noqa: S311
    interests = [f"{sign}interest/{key}" for key in base.interests for sign in "+-"]
    jobs = [f"+role/{key}" for key in base.roles]
    found = []
    for _ in range(number):
        told = []
        for question in base.interview.questions:
            options = [option.id for option in question.options]
            choices = ["skip", *options, *options, rng.choice(interests), f"-{options[0]}"]
            choices += [rng.choice(jobs)] if "job" in question.takes else []
            most = 3 if question.several else 1
            told += [f"{question.id}={c}" for c in rng.sample(choices, rng.randint(1, most))]
        found.append(tuple(told))
    return found


@pytest.fixture(scope="module")
def winners() -> dict[str, tuple[str, ...]]:
    """Return for each role that is ever the best one way to answer that makes it so."""
    base = knowledge_base()
    found: dict[str, tuple[str, ...]] = {}
    ways = list(every_way(base))
    random.Random(1).shuffle(ways)  # noqa: S311
    for told in ways:
        best = fit.ranked(fit.profile(told, base), base)[0]
        found.setdefault(best.role.id, told)
        if len(found) == len(base.roles):
            break
    return found


def test_each_role_wins_for_some_answers(
    base: KnowledgeBase, winners: dict[str, tuple[str, ...]]
) -> None:
    assert set(base.roles) - set(winners) == set()


def test_every_reason_is_a_fact(base: KnowledgeBase) -> None:
    for told in some_ways(base):
        made = fit.profile(told, base)
        for ranked in fit.ranked(made, base)[:5]:
            one = fit.explained(ranked, made, base)
            for reason in (*one.reasons, *one.against):
                assert is_true(reason, one, made, told, base), (reason, one.role.id, told)


def is_true(
    reason: fit.Reason,
    one: fit.Fit,
    made: fit.Profile,
    told: tuple[str, ...],
    base: KnowledgeBase,
) -> bool:
    """Tell whether the knowledge base and the answers say what a reason says."""
    role, values = one.role, reason.values
    names = {base.interests[key].name: key for key in base.interests}
    skills = {base.skills[use.id].name for use in role.skills}
    skills |= {base.tools[use.id].name for use in role.tools}
    leads = "leading" in role.suits
    zone = role.job_zone or 0
    following = [base.roles[level.role] for level in role.levels.next if level.role]
    facts = {
        "likes": lambda: all(names[v] in role.suits and wanted(names[v], made) for v in values),
        "dislikes": lambda: all(
            names[v] in role.suits and not_wanted(names[v], made) for v in values
        ),
        "misses": lambda: all(names[v] in role.not_for and wanted(names[v], made) for v in values),
        "code": lambda: values[0] == role.riasec and set(values[1:]) <= made.letters.keys(),
        "skills": lambda: set(values) <= skills,
        "group": lambda: base.groups[role.group or ""].name in values,
        "job": lambda: any("/" in one and "+" in one for one in told),
        "beginner": lambda: values == (str(zone),) and zone <= (made.preparation or 0),
        "needs_more": lambda: values == (str(zone),) and zone > (made.preparation or 0),
        "leads": lambda: leads and "leading" in made.liked,
        "team": lambda: leads and made.leads == "never",
        "no_team": lambda: not leads and made.leads == "now",
        "leads_later": lambda: any(n.name in values and "leading" in n.suits for n in following),
    }
    return facts[reason.kind]()


def wanted(interest: str, made: fit.Profile) -> bool:
    return made.wants[interest] > made.avoids.get(interest, 0)


def not_wanted(interest: str, made: fit.Profile) -> bool:
    return made.avoids[interest] > made.wants.get(interest, 0)


def test_the_best_roles_have_reasons(
    base: KnowledgeBase, winners: dict[str, tuple[str, ...]]
) -> None:
    for role, told in winners.items():
        made = fit.profile(told, base)
        best = fit.ranked(made, base)[0]
        assert best.role.id == role
        assert fit.explained(best, made, base).reasons


def test_most_answers_have_a_clear_result(base: KnowledgeBase) -> None:
    ways = list(every_way(base))[::41]
    clear = 0
    for told in ways:
        made = fit.profile(told, base)
        clear += not fit.doubts(fit.ranked(made, base), made, SHOWN, base)
    assert clear > 0.85 * len(ways)


@pytest.mark.parametrize(
    ("told", "doubt"),
    [
        (("likes=people", "pace=calm"), "few"),
        (("likes=people", "strengths=skip", "pace=calm", "lead=skip"), "few"),
        (
            ("likes=people", "strengths=exact", "background=service", "material=people")
            + ("pace=calm", "lead=now"),
            "same",
        ),
        (
            ("likes=numbers", "strengths=-interest/numbers", "pace=calm", "lead=never"),
            "contradiction",
        ),
        (
            ("likes=+interest/leading", "strengths=exact", "pace=mixed", "lead=never"),
            "contradiction",
        ),
        (("likes=numbers", "strengths=exact", "material=data", "pace=calm", "lead=never"), ""),
    ],
)
def test_when_there_is_no_clear_winner(
    base: KnowledgeBase, told: tuple[str, ...], doubt: str
) -> None:
    made = fit.profile(told, base)
    assert fit.doubts(fit.ranked(made, base), made, SHOWN, base) == doubt


def test_everything_chosen_twice_is_no_clear_answer(base: KnowledgeBase) -> None:
    told = [f"{q.id}={o.id}" for q in base.interview.questions[:2] for o in q.options]
    made = fit.profile([*told, "pace=calm"], base)
    assert fit.doubts(fit.ranked(made, base), made, SHOWN, base) == "same"


def test_roles_that_are_all_equally_good_have_no_winner(base: KnowledgeBase) -> None:
    made = fit.profile(["likes=people", "pace=mixed", "lead=later"], base)
    equal = [fit.Fit(role, 0.5) for role in base.roles.values()]
    assert fit.doubts(equal, made, SHOWN, base) == "close"
    poor = [fit.Fit(role, 0.1) for role in base.roles.values()]
    assert fit.doubts(poor, made, SHOWN, base) == "weak"


@pytest.mark.parametrize(
    "told",
    ["", "=", "likes", "likes=", "likes=nothing", "nothing=people", "likes=+interest/none"]
    + ["likes=+kind/x", "background=+role/none", "likes=/", "likes=-", "likes=skip"],
)
def test_answers_that_mean_nothing_any_more_are_left_out(base: KnowledgeBase, told: str) -> None:
    assert fit.profile([told], base) == fit.Profile()


def test_a_job_that_somebody_had_brings_its_skills(base: KnowledgeBase) -> None:
    made = fit.profile(["background=+role/customer-service-specialist"], base)
    best = fit.explained(fit.ranked(made, base)[0], made, base)
    assert best.role.id == "customer-service-specialist"
    assert {reason.kind for reason in best.reasons} == {"job", "skills"}


def test_what_is_said_beside_the_interview_counts_too(base: KnowledgeBase) -> None:
    told = ["likes=computers", "strengths=solving", "material=data"]
    made = fit.profile(told, base)
    before = fit.fit_of(base.roles["web-developer"], made, base).score
    fit.add_things(made, [], [Thing("interest", "coding")])
    assert fit.fit_of(base.roles["web-developer"], made, base).score < before
