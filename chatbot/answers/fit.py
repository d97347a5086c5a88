"""How well each role fits what somebody told the interview, and why.

The parts of a fit, weighted as `interview.yml` says:

- interests: the cosine between what is wanted (less what is not) and what the role suits, where
  the first interest of a role counts most;
- code: the cosine between the RIASEC letters of the answers and the role's code (O*NET), whose
  letters count 3, 2 and 1;
- background: the share of the role's skills that the background brings, and the role's group;
- preparation: how far the role's O*NET job zone is above what was asked for;
- leading: whether the role leads a team, or is followed by one that does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import sqrt

from chatbot.dialogue.choices import SKIPPED
from chatbot.dialogue.question import Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.interview import InterviewQuestion, Option

LEADING = "leading"
# What an interest named in own words weighs, next to those of the options (mostly 1 to 3).
OWN_WORDS = 2.5
# By how much a role's later interests count less than its first.
_STEP = 0.12
_CODE_WEIGHTS = (3.0, 2.0, 1.0)
# What counts as much of a role's skills: with this many of them known, the background is full.
_MANY_SKILLS = 3
# Roles whose fit differs by less than this share of the best are equally good.
SAME = 0.07
# Below this share of what is possible nothing fits well.
WEAK = 0.25
# Questions that must be answered for a clear result, and from how many answers at the same place
# of each list on they are not believed.
ENOUGH, MANY = 3, 5
# From this weight on an interest is really wanted, or really not.
REALLY = 2.0
# Interests, letters and skills that one reason names.
_NAMED = 3


@dataclass
class Profile:
    """What the answers say about a person; weights by id."""

    wants: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    avoids: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    letters: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    skills: set[str] = field(default_factory=set)
    tools: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    jobs: dict[str, str] = field(default_factory=dict)
    preparation: int | None = None
    leads: str = ""
    options: dict[str, list[str]] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many questions were answered and not skipped."""
        return len(self.options)

    @property
    def contradictions(self) -> list[str]:
        """Interests that are really wanted in one answer and really not in another."""
        unwanted = (key for key, much in self.avoids.items() if much >= REALLY)
        return [key for key in unwanted if self.wants.get(key, 0) >= REALLY]

    @property
    def liked(self) -> list[str]:
        """Interests that are more wanted than not, the most wanted first."""
        net = {key: much - self.avoids.get(key, 0) for key, much in self.wants.items()}
        return sorted((key for key, much in net.items() if much > 0), key=lambda key: -net[key])

    @property
    def disliked(self) -> list[str]:
        """Interests that are more unwanted than wanted."""
        return [key for key, much in self.avoids.items() if much > self.wants.get(key, 0)]

    @property
    def main_letters(self) -> list[str]:
        """The RIASEC letters of the answers that weigh most, at most three."""
        return sorted(self.letters, key=lambda letter: -self.letters[letter])[:3]


@dataclass(frozen=True)
class Reason:
    """What speaks for a role or against it.

    Args:
        kind: `likes`, `code`, `skills`, `group`, `job`, `beginner`, `leads`, `leads_later`; against
            it `dislikes`, `misses` (liked, but no part of it), `needs_more`, `no_team`, `team`.
        values: names or letters that the wording shows.
    """

    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """A role, how well it fits (about -1 to 1) and why."""

    role: model.Role
    score: float
    reasons: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()


def profile(told: Iterable[str], base: KnowledgeBase) -> Profile:
    """Return what answers say ("question=choice"); what is not known any more is left out."""
    made = Profile()
    for one in told:
        key, _, choice = one.partition("=")
        question = base.interview.question(key)
        if question is None or choice == SKIPPED or not choice:
            continue
        if _add(made, choice, question, base):
            made.options.setdefault(key, []).append(choice)
    return made


def add_things(made: Profile, things: Iterable[Thing], avoid: Iterable[Thing]) -> None:
    """Add what was said beside the interview ("but without coding")."""
    for thing in things:
        _add_own(made, "+", thing.kind, thing.id)
    for thing in avoid:
        _add_own(made, "-", thing.kind, thing.id)


def ranked(made: Profile, base: KnowledgeBase) -> list[Fit]:
    """Return all roles, the best fitting first; of equals the one that needs less preparation.

    Their reasons are left out; see `explained`.
    """
    fits = [fit_of(role, made, base) for role in base.roles.values()]
    return sorted(fits, key=lambda fit: (-round(fit.score, 6), fit.role.job_zone or 5))


def explained(fit: Fit, made: Profile, base: KnowledgeBase) -> Fit:
    """Return a fit with what speaks for the role and what speaks against it."""
    speaks = (*_by_liking(fit.role, made, base), *_by_background(fit.role, made, base))
    speaks = (*speaks, *_by_leading(fit.role, made, base), *_by_code(fit.role, made))
    return Fit(fit.role, fit.score, speaks, tuple(_against(fit.role, made, base)))


def fit_of(role: model.Role, made: Profile, base: KnowledgeBase) -> Fit:
    """Return how well a role fits."""
    weights = base.interview.weights
    score = (
        weights.interests * _interests(role, made)
        + weights.code * _code(role, made)
        + weights.background * _background(role, made)
        + weights.preparation * _preparation(role, made)
        + weights.leading * _leading(role, made, base)
    )
    return Fit(role, score / sum(getattr(weights, name) for name in weights.__fields__))


def doubts(fits: list[Fit], made: Profile, shown: int, base: KnowledgeBase) -> str:
    """Return why there is no clear winner: few, same, contradiction, weak, close; or ""."""
    if made.answered < ENOUGH:
        return "few"
    if _is_monotonous(made, base):
        return "same"
    if made.contradictions:
        return "contradiction"
    if fits[0].score < WEAK:
        return "weak"
    return "close" if fits[0].score - fits[shown].score < SAME * fits[0].score else ""


def leads_team(role: model.Role) -> bool:
    """Tell whether a role leads people."""
    return LEADING in role.suits


def _is_monotonous(made: Profile, base: KnowledgeBase) -> bool:
    """Tell whether the same place was chosen in each list, or everything in two of them."""
    chosen: list[int] = []
    everything = 0
    for key, choices in made.options.items():
        question = base.interview.question(key)
        ids = [option.id for option in question.options] if question else []
        everything += set(ids) <= set(choices)
        if len(choices) == 1 and choices[0] in ids:
            chosen.append(ids.index(choices[0]))
    return everything > 1 or (len(chosen) >= MANY and len(set(chosen)) == 1)


def _add(made: Profile, choice: str, question: InterviewQuestion, base: KnowledgeBase) -> bool:
    kind, _, key = choice.lstrip("+-").partition("/")
    if not key:
        option = question.option(choice.lstrip("-"))
        if option:
            _add_option(made, option, wanted=not choice.startswith("-"))
        return option is not None
    if kind in ("role", "occupation"):
        known = base.roles if kind == "role" else base.occupations
        return key in known and _add_job(made, kind, key, base)
    if key not in base.by_kind.get(kind, ()):
        return False
    _add_own(made, choice[0], kind, key)
    return True


def _add_option(made: Profile, option: Option, wanted: bool) -> None:
    for interest, much in option.interests.items():
        (made.wants if wanted else made.avoids)[interest] += much
    if not wanted:
        return
    for interest, much in option.avoids.items():
        made.avoids[interest] += much
    for letter, much in option.riasec.items():
        made.letters[letter] += much
    made.skills.update(option.skills)
    made.groups.update(option.groups)
    made.preparation = option.preparation or made.preparation
    made.leads = option.leads or made.leads


def _add_own(made: Profile, sign: str, kind: str, key: str) -> None:
    if kind == "interest":
        (made.wants if sign == "+" else made.avoids)[key] += OWN_WORDS
    elif sign == "+" and kind == "skill":
        made.skills.add(key)
    elif sign == "+" and kind == "tool":
        made.tools.add(key)


def _add_job(made: Profile, kind: str, key: str, base: KnowledgeBase) -> bool:
    """Somebody who had a job knows its skills, and is near to what it leads to."""
    if kind == "occupation":
        made.jobs.update(dict.fromkeys(base.occupations[key].nearest, key))
        return True
    role = base.roles[key]
    following = [level.role for level in role.levels.next if level.role]
    made.jobs.update(dict.fromkeys([key, *following], role.name))
    made.skills.update(use.id for use in role.skills)
    return True


def places(role: model.Role) -> dict[str, float]:
    """Return how much each interest of a role counts, 1 for the first."""
    return {key: 1 - _STEP * number for number, key in enumerate(role.suits)}


def _interests(role: model.Role, made: Profile) -> float:
    own = places(role)
    size = sqrt(sum(v * v for v in made.wants.values()) + sum(v * v for v in made.avoids.values()))
    if not size:
        return 0.0
    dot = sum(much * own.get(key, 0) for key, much in made.wants.items())
    dot -= sum(much * own.get(key, 0) for key, much in made.avoids.items())
    dot -= 0.5 * sum(made.wants.get(key, 0) for key in role.not_for)
    return dot / (size * sqrt(sum(v * v for v in own.values())))


def _code(role: model.Role, made: Profile) -> float:
    size = sqrt(sum(v * v for v in made.letters.values()))
    if not role.riasec or not size:
        return 0.0
    pairs = zip(role.riasec, _CODE_WEIGHTS, strict=True)
    dot = sum(weight * made.letters.get(letter, 0) for letter, weight in pairs)
    return dot / (size * sqrt(sum(weight * weight for weight in _CODE_WEIGHTS)))


def _background(role: model.Role, made: Profile) -> float:
    known = sum(use.id in made.skills for use in role.skills)
    known += sum(use.id in made.tools for use in role.tools)
    near = 0.3 * (role.group in made.groups) + 0.4 * (role.id in made.jobs)
    return min(0.7 * min(known, _MANY_SKILLS) / _MANY_SKILLS + near, 1.0)


def _preparation(role: model.Role, made: Profile) -> float:
    if made.preparation is None or role.job_zone is None:
        return 0.0
    return -0.5 * max(role.job_zone - made.preparation, 0) + 0.3 * (
        role.job_zone <= made.preparation
    )


def _leading(role: model.Role, made: Profile, base: KnowledgeBase) -> float:
    leads = leads_team(role)
    if made.leads == "now":
        return 1.0 if leads else 0.0
    if made.leads == "later":
        return 0.5 if led_later(role, base) and not leads else 0.0
    return -1.0 if made.leads == "never" and leads else 0.0


def led_later(role: model.Role, base: KnowledgeBase) -> list[str]:
    """Return the names of jobs that follow a role and lead a team."""
    following = (level.role for level in role.levels.next if level.role)
    return [base.roles[key].name for key in following if leads_team(base.roles[key])]


def _by_liking(role: model.Role, made: Profile, base: KnowledgeBase) -> Iterator[Reason]:
    liked = [key for key in made.liked if key in role.suits and key != LEADING]
    if liked:
        yield Reason("likes", _names(liked, base))


def _by_code(role: model.Role, made: Profile) -> Iterator[Reason]:
    shared = [letter for letter in role.riasec or "" if letter in made.main_letters]
    if len(shared) > 1 and role.riasec and role.riasec[0] in shared:
        yield Reason("code", (role.riasec, *shared))


def _by_background(role: model.Role, made: Profile, base: KnowledgeBase) -> Iterator[Reason]:
    known = [base.skills[use.id].name for use in role.skills if use.id in made.skills]
    known += [base.tools[use.id].name for use in role.tools if use.id in made.tools]
    if role.id in made.jobs:
        yield Reason("job", (made.jobs[role.id],))
    if known:
        yield Reason("skills", tuple(known[:_NAMED]))
    elif role.group in made.groups and role.id not in made.jobs:
        yield Reason("group", (base.groups[role.group].name,))
    if made.preparation and role.job_zone and role.job_zone <= made.preparation:
        yield Reason("beginner", (str(role.job_zone),))


def _by_leading(role: model.Role, made: Profile, base: KnowledgeBase) -> Iterator[Reason]:
    later = led_later(role, base)
    if leads_team(role) and LEADING in made.liked:
        yield Reason("leads")
    if made.leads in ("now", "later") and not leads_team(role) and later:
        yield Reason("leads_later", (later[0],))


def _against(role: model.Role, made: Profile, base: KnowledgeBase) -> Iterator[Reason]:
    unwanted = [key for key in role.suits if key in made.disliked and key != LEADING]
    if unwanted:
        yield Reason("dislikes", _names(unwanted, base))
    missed = [key for key in made.liked if key in role.not_for and made.wants[key] >= REALLY]
    if missed:
        yield Reason("misses", _names(missed, base))
    if made.preparation and role.job_zone and role.job_zone > made.preparation:
        yield Reason("needs_more", (str(role.job_zone),))
    if made.leads == "now" and not leads_team(role):
        yield Reason("no_team")
    if made.leads == "never" and leads_team(role):
        yield Reason("team")


def _names(interests: Iterable[str], base: KnowledgeBase) -> tuple[str, ...]:
    return tuple(base.interests[key].name for key in list(interests)[:_NAMED])
