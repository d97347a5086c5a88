"""What a question of each topic is about, once the subject of the message is known.

A question whose subject does not fit its topic becomes the one that the subject makes of it: the
duties of a department are what it is for, the meaning of a job is what it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chatbot.dialogue import english, lens, phrases, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.question import EXAMPLE, Question, Thing
from chatbot.dialogue.subjects import Subjects
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.graph import roles_in_group
from chatbot.knowledge.names import process_by_words

# A message of so many words describes nobody where a term was just explained.
_FEW_WORDS = 4

Fixer = Callable[[Subjects, Focus, KnowledgeBase], Question]


def unknown_role(subjects: Subjects, asked: str = "") -> Question:
    """Return the answer about a job without an entry; what was asked of it may be asked on."""
    return Question(
        topics.UNKNOWN_ROLE,
        occupation=subjects.occupation,
        nearest=subjects.nearest,
        wanted=asked,
    )


def topic_of_thing(kind: str, focus: Focus) -> str:
    """Return the topic of a message that only names a thing of this kind."""
    if kind in ("skill", "tool") and focus.topic == topics.ROLES_BY_SKILL:
        return topics.ROLES_BY_SKILL
    usual = {
        "process": topics.PROCESS,
        "company": topics.COMPANY_EXAMPLE,
        "business_model": topics.BUSINESS_MODELS,
        "shop_size": topics.DIVISION_OF_LABOUR,
        "interest": topics.RECOMMEND,
    }
    return usual.get(kind, topics.DEFINE)


def fit(topic: str, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Return a question of this topic, or the one that its subject makes of it."""
    return FIXERS[topic](subjects, focus, base)


def _about_role(topic: str) -> Fixer:
    def fixer(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
        if subjects.occupation and subjects.nearest and not subjects.roles:
            return unknown_role(subjects, topic)
        if _looks_for_jobs(topic, subjects, focus):
            return Question(topics.ROLES_BY_SKILL, things=of_kinds(subjects, "skill", "tool"))
        roles = subjects.roles or _of_term(subjects, focus, base) or subjects.described_roles[:1]
        if topic == topics.GROUP_OF_ROLE and subjects.groups_named and not subjects.named:
            short = subjects.role_words if len(subjects.role_words) == 1 else ()
            roles = short or focus.roles or roles  # "is SEO marketing?", "is that in marketing?"
        if roles:
            return Question(topic, roles=roles, things=_asked(topic, subjects))
        if subjects.candidates:
            return which_role(topic, subjects.candidates)
        if subjects.occupation:
            return unknown_role(subjects, topic)
        only_points = subjects.points_back or (subjects.groups and not subjects.groups_named)
        kept = only_points and focus.roles
        other = None if kept else _other_subject(topic, subjects, focus, base)
        if other:
            return other
        return _from_talk(topic, subjects, focus, base)

    return fixer


def _looks_for_jobs(topic: str, subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message asks which jobs a named skill or tool is for, and about no job."""
    about_role = subjects.named or subjects.points_back or focus.roles or subjects.person
    single = (topics.COLLABORATION, topics.DUTIES, topics.CAREER_PATH, topics.SKILLS)
    if about_role or topic not in single:
        return False
    return bool(of_kinds(subjects, "skill", "tool")) and phrases.asks_which_job(subjects.text)


def _from_talk(topic: str, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Return a question about a role that the message leaves to the conversation, or ask which."""
    if subjects.guesses and english.describes_somebody(subjects.text):
        return which_role(topic, subjects.guesses)  # somebody else, but who?
    if len(subjects.role_words) == 1 and subjects.role_words[0] in focus.roles:
        return Question(topic, roles=subjects.role_words, things=_asked(topic, subjects))
    if focus.roles:
        talked_about = _one_of_pair(topic, subjects, focus)
        return Question(topic, roles=talked_about, things=_asked(topic, subjects))
    if len(subjects.role_words) == 1:
        return Question(topic, roles=subjects.role_words)
    dealing = _deal_with(focus, base) if subjects.points_back or subjects.person else ()
    if dealing:  # of a term: "who does that, what are his tasks?"
        return Question(topic, roles=dealing)
    if subjects.points_back and focus.topic == topics.RECOMMEND and focus.shown:
        return Question(topic, roles=focus.shown[:1])  # the job that fits best
    shown = tuple(role for role in focus.shown if role in base.roles)
    return which_role(topic, subjects.guesses or shown)


def _of_term(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return whom a few words about the term just explained ask for ("who's responsible")."""
    few = len(subjects.text.split()) <= _FEW_WORDS
    named = subjects.groups_named or subjects.things or subjects.occupation or subjects.candidates
    open_to_it = not (named or subjects.person or focus.roles)
    return _deal_with(focus, base) if few and open_to_it else ()


def _deal_with(focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the role that deals most with the term just explained, if one was."""
    things = focus.last.things if focus.topic == topics.DEFINE and focus.last else ()
    terms = (base.terms[one.id] for one in things[:1] if one.kind == "term")
    return next((term.roles[:1] for term in terms), ())


def _one_of_pair(topic: str, subjects: Subjects, focus: Focus) -> tuple[str, ...]:
    """Return the roles talked about; after a pair, the one that "he" or "that one" means.

    "That one" is the one named last; "he" goes on with whom the talk was about before the pair.
    """
    if len(focus.roles) < 2 or subjects.points_at_both or not subjects.points_back:
        return focus.roles
    if topic == topics.GROUP_OF_ROLE and english.are_several(subjects.text):
        return focus.roles
    if english.that_one(subjects.text):
        return focus.roles[-1:]
    before = next((q.roles for q in focus.past if q.roles), ())
    kept = tuple(role for role in focus.roles if role in before)
    return kept if len(kept) == 1 else focus.roles


def _asked(topic: str, subjects: Subjects) -> tuple[Thing, ...]:
    """Return the skill or tool whose use in a role is asked about ("does a buyer need Excel?")."""
    kinds = {topics.SKILLS: ("skill",), topics.TOOLS: ("tool",)}.get(topic, ())
    return of_kinds(subjects, *kinds)


def which_role(topic: str, candidates: tuple[str, ...]) -> Question:
    """Return the question back which of several roles is meant; `topic` is what was asked."""
    return Question(topics.CLARIFY, reason="which_role", wanted=topic, candidates=candidates)


def _other_subject(
    topic: str, subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> Question | None:
    """Return the question that a group, skill, term ... makes of a question about a role."""
    if subjects.groups:
        return _group_instead(topic, subjects.groups, base)
    of_talk = focus.roles and not phrases.asks_which_job(subjects.text)
    if topic in (topics.SKILLS, topics.TOOLS) and of_talk:
        return None  # "I'd need patience for that; what else must I be good at?"
    if topic == topics.SKILLS and of_kinds(subjects, "skill", "tool"):
        return Question(topics.ROLES_BY_SKILL, things=of_kinds(subjects, "skill", "tool"))
    if topic == topics.TOOLS and of_kinds(subjects, "tool"):
        return Question(topics.DEFINE, things=of_kinds(subjects, "tool")[:1])
    if topic != topics.DUTIES:
        return None
    if of_kinds(subjects, "process"):
        return Question(topics.PROCESS, things=of_kinds(subjects, "process"))
    named = _without_generic(of_kinds(subjects, "term"), base)
    terms = (*named, *of_kinds(subjects, "tool", "skill", "company"))
    return Question(topics.DEFINE, things=terms[:1]) if terms else None


def _group_instead(topic: str, groups: tuple[str, ...], base: KnowledgeBase) -> Question:
    if topic in (topics.DUTIES, topics.GROUP_OF_ROLE):
        return Question(topics.GROUP_OVERVIEW, groups=groups)
    members = tuple(role.id for group in groups for role in roles_in_group(base, group))
    if len(members) == 1:
        return Question(topic, roles=members)
    return replace(which_role(topic, members), groups=groups)


def of_kinds(subjects: Subjects, *kinds: str) -> tuple[Thing, ...]:
    """Return the named things that are of one of these kinds."""
    return tuple(thing for thing in subjects.things if thing.kind in kinds)


def _compare(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    roles = subjects.pair
    if _only_groups(subjects):
        return Question(topics.GROUP_OVERVIEW, groups=subjects.groups)
    if subjects.occupation and len(roles) < 2:
        return unknown_role(subjects)
    if not subjects.named and english.goes_back(subjects.text) and len(focus.last_two) > 1:
        return Question(topics.COMPARE, roles=focus.last_two)  # "this or the one before?"
    explained = _explained_last(focus)
    if len(explained) > 1 and not (roles or subjects.candidates or subjects.things):
        return Question(topics.DEFINE, things=explained)  # of two words just explained
    if not roles and not subjects.candidates:
        if len(subjects.things) > 1:
            return _compare_things(subjects)
        if len(subjects.groups) > 1:
            return Question(topics.GROUP_OVERVIEW, groups=subjects.groups)
    roles = _with_talked_about(roles, subjects, focus, base)
    if len(roles) > 1:
        return Question(topics.COMPARE, roles=roles[:3])
    if subjects.candidates and len(subjects.candidates) == 2:
        return Question(topics.COMPARE, roles=subjects.candidates)
    options = tuple(role for role in subjects.candidates if role not in roles)
    reason = "second_role" if roles else "two_roles"
    return Question(
        topics.CLARIFY, roles=roles, reason=reason, wanted=topics.COMPARE, candidates=options
    )


def _explained_last(focus: Focus) -> tuple[Thing, ...]:
    """Return the things that the last two questions asked to be explained."""
    last = [q for q in focus.questions[:2] if q.topic == topics.DEFINE]
    if len(last) < 2:
        return ()
    return tuple(dict.fromkeys(thing for q in reversed(last) for thing in q.things[:1]))


def _only_groups(subjects: Subjects) -> bool:
    """Tell whether a message names two groups and no job; then it describes none either."""
    two = subjects.groups_named and len(subjects.groups) > 1
    return two and not (subjects.roles or subjects.candidates or subjects.person)


def _with_talked_about(
    roles: tuple[str, ...], subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the roles of a comparison, completed by those that were talked about."""
    if len(roles) > 1 or subjects.candidates:
        return roles
    if len(roles) == 1:
        others = tuple(role for role in focus.roles if role not in roles)
        last = tuple(role for role in focus.last_two if role not in roles)
        return (*(others or last)[-1:], *roles)
    if len(focus.roles) > 1:
        return focus.roles
    shown = tuple(role for role in focus.shown if role in base.roles)
    return focus.last_two if len(focus.last_two) > 1 else shown[:2]


def _compare_things(subjects: Subjects) -> Question:
    if of_kinds(subjects, "business_model"):
        return Question(topics.BUSINESS_MODELS, things=of_kinds(subjects, "business_model"))
    for kinds in (("term",), ("company",), ("tool",), ("skill",)):
        same = of_kinds(subjects, *kinds)
        if len(same) > 1:
            return Question(topics.DEFINE, things=same[:2])
    return Question(topics.DEFINE, things=subjects.things[:2])


def _collaboration(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    pair = _at_work(subjects, focus)
    aspect = EXAMPLE if english.asks_example(subjects.text) else ""
    if _only_groups(subjects):
        return Question(topics.COLLABORATION, groups=subjects.groups[:2])
    if _goes_on_about_group(subjects, focus):
        return Question(topics.COLLABORATION, groups=focus.groups)
    if len(pair) > 1:
        return Question(topics.COLLABORATION, roles=pair, aspect=aspect)
    if len(subjects.roles) < 2 and len(subjects.groups) > 1:
        return Question(topics.COLLABORATION, groups=subjects.groups[:2])
    if _only_about_group(subjects, focus):
        return Question(topics.COLLABORATION, groups=subjects.groups)
    question = _about_role(topics.COLLABORATION)(subjects, focus, base)
    if question.topic != topics.COLLABORATION or len(question.roles) != 1:
        return question
    others = [group for group in subjects.groups if group != base.roles[question.roles[0]].group]
    if subjects.groups_named and others:
        return replace(question, groups=tuple(others[:1]))  # "what does she do with marketing"
    return replace(question, aspect=aspect)


def _at_work(subjects: Subjects, focus: Focus) -> tuple[str, ...]:
    """Return the roles of whose work together a message asks, as far as it tells."""
    pair = subjects.pair
    of_nobody = not (subjects.named or subjects.groups_named)
    points = subjects.points_back or subjects.points_at_both
    if english.goes_back(subjects.text):
        return pair
    if of_nobody and points and english.is_together(subjects.text) and not _is_open(subjects):
        return focus.last_two if len(focus.last_two) > 1 else pair  # "do they work together?"
    if len(pair) != 1:
        return pair
    adds = english.begins_with_teamwork(subjects.text)
    if (subjects.points_back or adds) and subjects.joined:  # "does he work with the buyer?"
        return (*(role for role in focus.roles[:1] if role not in pair), *pair)
    if subjects.points_at_both:  # "his mate is a buyer, how do the two work"
        return (*(role for role in focus.roles[-1:] if role not in pair), *pair)
    return pair


def _is_open(subjects: Subjects) -> bool:
    return english.asks_with_whom(subjects.text) and not subjects.points_at_both


def _only_about_group(subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message asks of a group alone: no job is named, described or pointed at."""
    somebody = subjects.roles or subjects.candidates or subjects.occupation
    of_groups = english.among_themselves(subjects.text) or english.is_department(subjects.text)
    of_groups = of_groups and not subjects.person
    told = subjects.described_roles and not of_groups
    of_role = subjects.points_back and focus.roles and focus.topic not in topics.GROUP_TOPICS
    if subjects.groups and not subjects.groups_named:  # "who does this team work with"
        return not (subjects.named or subjects.person)
    return subjects.groups_named and not (somebody or told or of_role)


def _goes_on_about_group(subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message asks with whom the group talked about works."""
    about_group = focus.topic in topics.GROUP_TOPICS and focus.groups
    named = subjects.named or subjects.groups_named or subjects.occupation
    points = subjects.points_back or english.begins_with_teamwork(subjects.text)
    return bool(about_group and points and not named and not subjects.person)


def _group_overview(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Return a question about a group as a whole, or the one that is meant by its name."""
    if subjects.roles and subjects.named and subjects.groups_named:
        return Question(topics.DUTIES, roles=subjects.roles)  # "a team lead in marketing"
    in_list = set(subjects.groups) & set(focus.shown)
    if not in_list and _is_called_a_term(subjects, base):
        return _define(subjects, focus, base)  # "what is the eyeball economy"
    named = subjects.groups or subjects.roles or subjects.candidates
    of_shops = subjects.things and not _without_generic(subjects.things, base)
    if of_shops and not named and not focus.groups:
        return Question(topics.LIST_GROUPS)  # "what departments has an online shop"
    if subjects.things and not named:
        return fit(topic_of_thing(subjects.things[0].kind, focus), subjects, focus, base)
    of_job = focus.roles and focus.topic in topics.ROLE_TOPICS and subjects.points_back
    other = named or subjects.things or english.is_department(subjects.text)
    if of_job and not other and focus.topic != topics.GROUP_OF_ROLE:
        return Question(topics.DUTIES, roles=focus.roles)  # "what is the worst thing about it"
    few = len(subjects.text.split()) == 1
    if few and not named and focus.roles and not focus.groups:
        return Question(topics.GROUP_OF_ROLE, roles=focus.roles)  # "department?"
    return _about_group(topics.GROUP_OVERVIEW)(subjects, focus, base)


def _about_group(topic: str) -> Fixer:
    def fixer(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
        if subjects.groups:
            return Question(topic, groups=subjects.groups)
        if subjects.roles:
            return _group_of(topic, subjects.roles, base)
        if subjects.role_words:
            return _group_of(topic, subjects.role_words, base)  # "the online marketing team"
        if subjects.candidates:
            return which_role(topics.GROUP_OF_ROLE, subjects.candidates)
        groups = focus.groups or _groups_called_alike(focus, base)
        if groups:
            return Question(topic, groups=groups)
        if focus.roles:
            return _group_of(topic, focus.roles, base)
        return Question(
            topics.CLARIFY, reason="which_group", wanted=topic, candidates=tuple(base.groups)
        )

    return fixer


def _groups_of_talk(focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the group that "the jobs there" speaks of, where a group was talked about."""
    of_role = focus.roles if focus.topic == topics.GROUP_OF_ROLE else ()
    of_roles = tuple(g for role in of_role if (g := base.roles[role].group))
    return focus.groups or _groups_called_alike(focus, base) or tuple(dict.fromkeys(of_roles))


def _groups_called_alike(focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the group with the name of the term talked about ("supply chain")."""
    things = focus.last.things if focus.last else ()
    return tuple(thing.id for thing in things if thing.id in base.groups)


def _is_called_a_term(subjects: Subjects, base: KnowledgeBase) -> bool:
    """Tell whether a name stands for a term rather than for the group it also stands for."""
    text = subjects.text.lower()
    if not english.asks_meaning(text):
        return False
    names = (base.groups[group].name.lower() for group in subjects.groups)
    as_group = any(name in text for name in names) or english.is_department(text)
    called = _called(subjects, base)
    return bool(subjects.groups_named and called) and called[0].kind == "term" and not as_group


def _group_of(topic: str, roles: tuple[str, ...], base: KnowledgeBase) -> Question:
    groups = tuple(dict.fromkeys(g for role in roles if (g := base.roles[role].group)))
    return Question(topic, groups=groups) if groups else Question(topics.GROUP_OF_ROLE, roles=roles)


def _roles_by_skill(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    things = of_kinds(subjects, "skill", "tool") or _without_generic(
        of_kinds(subjects, "term"), base
    )
    things = things or (() if subjects.avoid else _described_skill(subjects, base))
    if not things and subjects.points_at_both:  # "which jobs use both?"
        things = _asked_before(focus)
    if not things and subjects.points_back and focus.last:  # "who uses it?"
        things = tuple(one for one in focus.last.things if one.kind in ("skill", "tool", "term"))
    groups = subjects.groups if subjects.groups_named else ()
    if things:
        return Question(topics.ROLES_BY_SKILL, things=things, groups=groups, avoid=subjects.avoid)
    if subjects.avoid:
        goes_on = english.goes_on(subjects.text)
        found = _recommend(subjects, focus if goes_on else Focus(), base)  # a search of its own
        return replace(found, groups=groups)
    if of_kinds(subjects, "interest"):
        return Question(topics.RECOMMEND, things=of_kinds(subjects, "interest"))
    if subjects.roles:
        return Question(topics.SKILLS, roles=subjects.roles)
    if subjects.points_back and focus.topic in topics.GROUP_TOPICS and focus.groups:
        return Question(topics.ROLES_IN_GROUP, groups=focus.groups)  # "its jobs?"
    if focus.topic == topics.ROLES_BY_SKILL and focus.last:
        return focus.last
    return Question(topics.CLARIFY, reason="which_skill", wanted=topics.ROLES_BY_SKILL)


def _described_skill(subjects: Subjects, base: KnowledgeBase) -> tuple[Thing, ...]:
    """Return the skill or tool that a message describes, or the one that a liking it names needs.

    "Who has to write catchy texts" names a liking, writing, to which copywriting belongs.
    """
    told = _described(subjects, "skill", "tool")
    likings = [base.interests[one.id] for one in of_kinds(subjects, "interest")]
    belong = {skill for liking in likings for skill in liking.skills}
    guessed = (Thing("skill", key) for key in subjects.guessed_skills if key in belong)
    return told or tuple(guessed)[:1]


def _asked_before(focus: Focus) -> tuple[Thing, ...]:
    """Return the skills and tools of the last two searches, in the order in which they came."""
    searches = [q for q in focus.questions[:2] if q.topic == topics.ROLES_BY_SKILL]
    return tuple(dict.fromkeys(thing for q in reversed(searches) for thing in q.things))


def _define(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    things = (
        _called(subjects, base)
        or _without_generic(of_kinds(subjects, "term"), base)
        or of_kinds(subjects, "tool", "company", "business_model", "process")
        or of_kinds(subjects, "skill", "shop_size")
        or (() if subjects.named else _described(subjects, "term"))
        or of_kinds(subjects, "term")
    )
    if _asks_of_somebody(subjects):
        return fit(topics.DUTIES, subjects, focus, base)
    if len(subjects.role_words) == 2 and english.compares(subjects.text):
        return Question(topics.COMPARE, roles=subjects.role_words)  # "sem vs weibo"
    if things:
        return Question(topics.DEFINE, things=things[:2])
    if subjects.roles or subjects.candidates:
        return fit(topics.DUTIES, subjects, focus, base)
    if subjects.groups:
        return Question(topics.GROUP_OVERVIEW, groups=subjects.groups)
    if subjects.occupation and subjects.nearest:
        return unknown_role(subjects)
    unknown = subjects.occupation or english.asked_word(subjects.text)
    if unknown:
        return Question(topics.CLARIFY, reason="unknown_term", occupation=unknown)
    if focus.last and focus.last.things:
        return Question(topics.DEFINE, things=focus.last.things[:2])  # "and what IS that"
    if focus.last and focus.roles:
        return focus.last
    return Question(topics.CLARIFY, reason="which_term", wanted=topics.DEFINE)


def _asks_of_somebody(subjects: Subjects) -> bool:
    """Tell whether what looks like the question for a word asks what somebody does.

    "How is the man called who ...", "and after-sales, what do they do?"
    """
    described = subjects.person and subjects.described_roles and not of_kinds(subjects, "term")
    text = subjects.text
    doing = english.asks_doing(text) or english.names_somebody(text)
    named = subjects.roles and subjects.named and doing
    return bool(described or named)


def _business_models(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    things = of_kinds(subjects, "business_model", "company")
    terms = _without_generic(of_kinds(subjects, "term"), base)
    if terms and not things and len(terms) == 1:
        return _define(subjects, focus, base)  # "C2B business model explained"
    things = things or _described(subjects, "business_model")
    return Question(topics.BUSINESS_MODELS, roles=subjects.roles, things=things)


def _demand(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    talked_about = focus.roles if subjects.points_back else ()  # "is it in demand?"
    text = subjects.text
    one = english.says_he_or_she(text) and not english.are_several(text)
    told = subjects.described_roles[:1] if one or english.describes_somebody(text) else ()
    roles = subjects.roles or told or talked_about
    return Question(topics.DEMAND, roles=roles, things=of_kinds(subjects, "skill"))


def _recommend(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Keep what was said before about likes and dislikes while the talk is about that."""
    pair = subjects.roles if len(subjects.roles) > 1 else subjects.role_words
    if len(pair) > 1 and english.chooses(subjects.text):
        return Question(topics.COMPARE, roles=pair[:3])  # "weibo or wechat, what should I choose"
    last = focus.last if focus.topic == topics.RECOMMEND and focus.last else None
    avoid = (*(last.avoid if last else ()), *subjects.avoid)
    things = (*(last.things if last else ()), *of_kinds(subjects, "interest", "skill", "tool"))
    return Question(
        topics.RECOMMEND,
        roles=subjects.roles,
        things=tuple(thing for thing in dict.fromkeys(things) if thing not in subjects.avoid),
        avoid=tuple(thing for thing in dict.fromkeys(avoid) if thing not in subjects.things),
        origin=last.origin if last else None,
    )


def _process(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    things = of_kinds(subjects, "process")
    if _leads_on(subjects, focus) and not things:
        return Question(topics.CAREER_PATH, roles=focus.roles, aspect=topics.ONWARD)
    if not things and focus.topic == topics.COLLABORATION and subjects.roles and not subjects.named:
        return Question(
            topics.COLLABORATION, roles=subjects.roles
        )  # "what does the second pass on"
    if not things and not subjects.roles:
        named = process_by_words(subjects.text, base)
        things = (Thing("process", named),) if named else _described(subjects, "process")
    if not things and not subjects.named and _goes_on_about_process(subjects, focus):
        things = focus.last.things if focus.last else ()  # "who is involved in that?"
    roles = subjects.roles or (focus.roles[:1] if subjects.points_back and not things else ())
    return Question(topics.PROCESS, roles=roles, things=things)


def _leads_on(subjects: Subjects, focus: Focus) -> bool:
    """Tell whether "what comes next after it" asks about the career that was talked about."""
    one = focus.topic == topics.CAREER_PATH and len(focus.roles) == 1 and not subjects.named
    return one and subjects.points_back and phrases.asks_onward(subjects.text)


def _goes_on_about_process(subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message asks about the process talked about, and not about all of them."""
    return focus.topic == topics.PROCESS and not english.asks_for_all(subjects.text)


def _division_of_labour(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    people, sizes = lens.size_of(subjects.text, subjects, base)
    if subjects.occupation and subjects.nearest and not (sizes or subjects.roles):
        return unknown_role(subjects)  # "brand manager is doing what in a company?"
    return Question(topics.DIVISION_OF_LABOUR, roles=subjects.roles, things=sizes, people=people)


def _described(subjects: Subjects, *kinds: str) -> tuple[Thing, ...]:
    return tuple(thing for thing in subjects.described_things if thing.kind in kinds)


def _called(subjects: Subjects, base: KnowledgeBase) -> tuple[Thing, ...]:
    """Return the things that the message calls by their main names, the longest ones."""
    text = " ".join(subjects.text.lower().split())
    found = [
        thing
        for thing in _without_generic(subjects.things, base)
        if thing.kind != "interest" and base.by_kind[thing.kind][thing.id].name.lower() in text
    ]
    rank = {"term": 0, "tool": 1, "company": 2}
    longest = max((len(base.by_kind[t.kind][t.id].name) for t in found), default=0)
    found = [
        t for t in found if len(base.by_kind[t.kind][t.id].name) == longest or t.kind == "term"
    ]
    return tuple(sorted(found, key=lambda thing: rank.get(thing.kind, 3)))


def _without_generic(things: tuple[Thing, ...], base: KnowledgeBase) -> tuple[Thing, ...]:
    """Return the terms that are not just said in passing ("in an online shop")."""
    return tuple(t for t in things if t.kind != "term" or not base.terms[t.id].generic)


def _company(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    things = of_kinds(subjects, "company")
    if not things and focus.topic == topics.COMPANY_EXAMPLE and focus.last:
        things = focus.last.things
    return Question(topics.COMPANY_EXAMPLE, things=things or of_kinds(subjects, "term"))


def _list_groups(subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    roles = subjects.roles or subjects.role_words
    if roles:
        return Question(topics.GROUP_OF_ROLE, roles=roles)
    skilled = of_kinds(subjects, "skill", "tool") if not english.of_families(subjects.text) else ()
    if skilled and not subjects.groups:  # "negotiation positions list"
        return Question(topics.ROLES_BY_SKILL, things=skilled)
    there = subjects.points_back or "there" in english.words(subjects.text)
    goes_on = _groups_of_talk(focus, base) if there else ()
    groups = subjects.groups or goes_on
    return Question(topics.ROLES_IN_GROUP if groups else topics.LIST_GROUPS, groups=groups)


FIXERS: dict[str, Fixer] = {
    **{topic: _about_role(topic) for topic in topics.ROLE_TOPICS},
    topics.COMPARE: _compare,
    topics.COLLABORATION: _collaboration,
    topics.GROUP_OVERVIEW: _group_overview,
    topics.ROLES_IN_GROUP: _about_group(topics.ROLES_IN_GROUP),
    topics.LIST_GROUPS: _list_groups,
    topics.ROLES_BY_SKILL: _roles_by_skill,
    topics.RECOMMEND: _recommend,
    topics.DEMAND: _demand,
    topics.DEFINE: _define,
    topics.COMPANY_EXAMPLE: _company,
    topics.BUSINESS_MODELS: _business_models,
    topics.PROCESS: _process,
    topics.DIVISION_OF_LABOUR: _division_of_labour,
    topics.SUMMARY: lambda subjects, focus, base: Question(topics.SUMMARY, roles=focus.seen),
}
