"""Check what the schema alone cannot: that ids exist, names are unique, the graph is connected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from chatbot.errors import nearest
from chatbot.knowledge import interview, model
from chatbot.knowledge.base import KINDS, AnyNode, KnowledgeBase
from chatbot.knowledge.graph import connected_parts

# What each role must have to and from others, so that "who does X work with" has an answer.
LEAST_HANDOVERS = 5
LEAST_NEIGHBOURS = 4
LEAST_ENGLISH_ALIASES = 5
# Roles that an answer names to somebody who comes from another trade.
LEAST_NEAREST = 2

Reference = tuple[str, str]  # (kind, id)
Links = Sequence[tuple[str, str | None]]


def references(base: KnowledgeBase) -> list[str]:
    """Return one line per mistake that shows only when all entries are seen together."""
    problems = list(_unknown_ids(base))
    problems += _alias_clashes(base)
    problems += interview.mistakes(base.interview, base)
    if not problems:  # the graph can only be walked when its ends exist
        problems += [line for role in base.roles.values() for line in _role(role, base)]
        problems += _graph(base)
        problems += _sizes(base)
        problems += _trades(base)
    return problems


def where(kind: str, node_id: str) -> str:
    """Return the place of an entry as messages name it, e.g. `roles/data-analyst.yml`."""
    place = KINDS[kind][1]
    return f"{place}/{node_id}.yml" if "." not in place else f"{place}: {node_id}"


def _unknown_ids(base: KnowledgeBase) -> Iterator[str]:
    known: dict[str, Mapping[str, object]] = {**base.by_kind, "source": base.sources}
    for kind, node in base.nodes():
        for target, value in [*_links(node), *(("source", s) for s in node.sources)]:
            if value not in known[target]:
                hint = nearest(value, list(known[target]))
                yield f"{where(kind, node.id)}: no {target} has the id {value!r}{hint}"
    for job in base.occupations.values():
        for value in job.nearest:
            if value not in known["role"]:
                hint = nearest(value, list(known["role"]))
                yield f"occupations.yml: {job.title}: no role has the id {value!r}{hint}"
        for use in job.brings:
            if use.id not in known["skill"]:
                hint = nearest(use.id, list(known["skill"]))
                yield f"occupations.yml: {job.title}: no skill has the id {use.id!r}{hint}"


def _links(node: AnyNode) -> list[Reference]:
    """Return every id that an entry refers to, with the kind it must be of."""
    finder = _FINDERS.get(type(node))
    return [(kind, value) for kind, value in finder(node) if value] if finder else []


def _all(kind: str, values: Iterable[str | None]) -> Links:
    """Return references of one kind."""
    return [(kind, value) for value in values]


def _role_links(role: model.Role) -> Links:
    levels = (*role.levels.previous, *role.levels.next)
    return [
        ("group", role.group),
        *_all("group", role.works_most_with),
        *_all("skill", (use.id for use in role.skills)),
        *_all("tool", (use.id for use in role.tools)),
        *_all("interest", (*role.suits, *role.not_for)),
        *_all("role", (level.role for level in levels)),
        *_all("role", (part.to or part.from_ for part in role.handovers)),
    ]


def _group_links(group: model.Group) -> Links:
    groups = _all("group", (other.group for other in group.works_with))
    return [*groups, *_all("role", group.order)]


def _term_links(term: model.Term) -> Links:
    return [*_all("role", term.roles), *_all("term", term.see)]


def _process_links(process: model.Process) -> Links:
    return _all("role", (step.role for step in process.steps))


def _company_links(company: model.Company) -> Links:
    return [
        ("business_model", company.model),
        *_all("term", company.terms),
        *_all("role", company.roles),
        *_all("role", (use.role for use in company.carried_by)),
    ]


def _model_links(entry: model.BusinessModel) -> Links:
    return [*_all("company", entry.companies), *_all("role", (use.role for use in entry.roles))]


def _size_links(size: model.ShopSize) -> Links:
    return _all("role", (value for post in size.posts for value in post.covers))


def _demand_links(entry: model.Demand) -> Links:
    return [*_all("role", entry.roles), *_all("skill", entry.skills)]


def _skill_links(skill: model.Skill) -> Links:
    return _all("tool", skill.tools)


def _interest_links(interest: model.Interest) -> Links:
    return _all("skill", interest.skills)


_FINDERS: dict[type, Callable[..., Links]] = {
    model.Role: _role_links,
    model.Skill: _skill_links,
    model.Interest: _interest_links,
    model.Group: _group_links,
    model.Term: _term_links,
    model.Process: _process_links,
    model.Company: _company_links,
    model.BusinessModel: _model_links,
    model.ShopSize: _size_links,
    model.Demand: _demand_links,
}


def _alias_clashes(base: KnowledgeBase) -> Iterator[str]:
    for kind, nodes in base.by_kind.items():
        owners: dict[str, list[str]] = defaultdict(list)
        for node in nodes.values():
            for name in node.names:
                owners[" ".join(name.lower().replace("-", " ").split())].append(node.id)
        for name, ids in owners.items():
            if len(ids) > 1:
                yield f"{KINDS[kind][1]}: the name {name!r} stands in {' and '.join(sorted(ids))}"


def _role(role: model.Role, base: KnowledgeBase) -> Iterator[str]:
    place = where("role", role.id)
    yield from _count(place, "English aliases", len(role.aliases.en), LEAST_ENGLISH_ALIASES)
    yield from _count(place, "Chinese titles", len(role.aliases.zh), 1)
    edges = base.handovers_of.get(role.id, ())
    others = {h.receiver if h.giver == role.id else h.giver for h in edges}
    yield from _count(place, "handovers to or from others", len(edges), LEAST_HANDOVERS)
    yield from _count(place, "roles it hands over to or from", len(others), LEAST_NEIGHBOURS)
    if role.id in others:
        yield f"{place}: a handover to oneself"
    if role.group is None and not role.works_most_with:
        yield f"{place}: group is null, so `works_most_with` must name the groups it works with"
    for kind, uses in (("skills", role.skills), ("tools", role.tools)):
        twice = [key for key, n in Counter(use.id for use in uses).items() if n > 1]
        if twice:
            yield f"{place}: {kind}: {', '.join(twice)} stands there twice"


def _count(place: str, what: str, have: int, least: int) -> Iterable[str]:
    return [f"{place}: has {have} {what}, needs at least {least}"] if have < least else []


def _graph(base: KnowledgeBase) -> Iterator[str]:
    parts = connected_parts(base)
    for part in parts[1:]:
        yield f"roles/: no handover connects {', '.join(sorted(part))} with the other roles"
    seen = Counter((h.giver, h.receiver, h.what) for h in base.handovers)
    for (giver, receiver, what), number in seen.items():
        if number > 1:
            yield f"roles/: the handover of {what!r} from {giver} to {receiver} is stated twice"


def _sizes(base: KnowledgeBase) -> Iterator[str]:
    for name in model.SIZES:
        if name not in base.shop_sizes:
            yield f"shop_sizes.yml: {name} is missing"
    for size in base.shop_sizes.values():
        covered = Counter(role for post in size.posts for role in post.covers)
        for role, number in covered.items():
            if number > 1:
                yield f"shop_sizes.yml: {size.id}: {role} is covered {number} times"
        yield from _posts(size)


def _posts(size: model.ShopSize) -> Iterator[str]:
    """Check that every post that not all shops of a size have is done by somebody else's post."""
    place = f"shop_sizes.yml: {size.id}"
    titles = [post.title for post in size.posts]
    for number, post in enumerate(size.posts):
        if bool(post.from_people) != bool(post.until_then):
            yield f"{place}: {post.title}: `from_people` and `until_then` go together"
        if post.until_then and post.until_then not in titles[:number]:
            hint = nearest(post.until_then, titles[:number])
            yield f"{place}: {post.title}: no post before it is {post.until_then!r}{hint}"
    own = [post for post in size.posts if not post.outside]
    always = [post for post in own if not post.from_people]
    if len(always) > size.people[0]:
        yield f"{place}: {len(always)} posts, but a shop of this size may have {size.people[0]}"
    people = size.people[1] or len(own)
    late = [post.title for post in own if (post.from_people or 0) > people]
    if late:
        yield f"{place}: {', '.join(late)}: `from_people` is beyond the size's {people} people"


def _trades(base: KnowledgeBase) -> Iterator[str]:
    """Check that for every trade that people come from an answer can say why a role is near."""
    said: dict[str, str] = {}
    for job in base.occupations.values():
        place = f"occupations.yml: {job.title}"
        for phrase in (*job.fields, *job.said_as):
            if said.setdefault(phrase.lower(), job.title) != job.title:
                yield f"{place}: {phrase!r} stands in {said[phrase.lower()]} too"
        if not job.brings:
            continue
        if not job.why or len(job.nearest) < LEAST_NEAREST:
            yield f"{place}: `brings` wants `why` and at least {LEAST_NEAREST} `nearest` roles"
        brought = {use.id for use in job.brings}
        for role in job.nearest:
            if brought.isdisjoint(use.id for use in base.roles[role].skills):
                yield f"{place}: {role} needs none of the skills in `brings`"
