"""Going through a process one step at a time, and asking about its steps.

What is asked stands in `Question.part`:
- `step`: one step, given by its number; `no_step` where there is no such step;
- `end`: what comes after the last step;
- `late`: what goes wrong if that step (without a number: each step) is late;
- `count`: how many steps there are;
- `call`: the role to turn to in a situation, given by a moment;
- `stop`: the walk is left.

A walk goes on from `Focus.place`, which other questions leave alone. A process that is asked about
as a whole is told all at once, and its first step comes next.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chatbot.dialogue import described, topics, walk_english
from chatbot.dialogue.described import MOMENT, REFERENCE
from chatbot.dialogue.focus import Focus, Place
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import moments
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import process_by_words

# Words of a situation, where "he" may stand for somebody talked about; half of them elsewhere.
_SITUATION = 4
STEP, LATE, COUNT, CALL, STOP = "step", "late", "count", "call", "stop"
NO_STEP, END = "no_step", "end"
# Score from which on a situation is taken for a moment of the work, whatever its lead.
TAKEN = 4.3
# A message that only moves on has at most so many words; one that tells of a situation has more.
FEW_WORDS = 8
# From this probability on a message asks for something else ("the first step into that job").
_SURE = 0.8
# Roles offered where no moment fits a situation well.
OFFERED = 3


def move(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return what a message asks about the steps of a process; None if it asks something else.

    Args:
        parse: the message.
        focus: what was talked about before, with the place of a walk.
        base: the knowledge base.
    """
    for rule in (_wanted_before, _by_number, _called, _counted, _slowly, _described_step, _walked):
        question = rule(parse, focus, base)
        if question:
            return question
    return None


def at(base: KnowledgeBase, process: str, step: int, part: str = STEP) -> Question:
    """Return the question about a step; `no_step` where the process has no step of this number."""
    steps = base.processes[process].steps
    if not 1 <= step <= len(steps):
        return Question(topics.PROCESS, things=_things(process), part=NO_STEP, step=step)
    roles = (steps[step - 1].role,)
    return Question(topics.PROCESS, roles, things=_things(process), part=part, step=step)


def _things(process: str) -> tuple[Thing, ...]:
    return (Thing("process", process),)


def _wanted_before(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Answer what was asked before the bot asked back which process is meant."""
    pending = focus.pending
    process = _named(parse, base) or _of_few_words(parse, base)
    if not pending or pending.reason != "which_process" or not process:
        return None
    if pending.part in (COUNT, LATE) and not pending.step:
        return Question(topics.PROCESS, things=_things(process), part=pending.part)
    number = _counted_from_end(pending.step or 1, process, base)
    return at(base, process, number, pending.part or STEP)


def _of_few_words(parse: Parse, base: KnowledgeBase) -> str:
    return (process_by_words(parse.text, base) or "") if parse.words() <= FEW_WORDS else ""


def _named(parse: Parse, base: KnowledgeBase) -> str:
    return next((key for key in parse.values("process") if key in base.processes), "")


def _meant(parse: Parse, focus: Focus, base: KnowledgeBase) -> str:
    """Return the process that a message names, goes on with or tells of, or an empty string."""
    named = _named(parse, base)
    if named or focus.place:
        return named or (focus.place.process if focus.place else "")
    told = described.things(parse, base)
    found = next((thing.id for thing in told if thing.kind == "process"), "")
    return found if found in base.processes else (process_by_words(parse.text, base) or "")


def _ask_which(part: str, step: int = 0) -> Question:
    """Ask which process is meant, and remember what was asked about it."""
    return Question(
        topics.CLARIFY, reason="which_process", wanted=topics.PROCESS, part=part, step=step
    )


def _by_number(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """ "Who does step 4", "what if the last step is late"."""
    number = walk_english.number_of_step(parse.text)
    if number is None or parse.values("role"):
        return None
    if not focus.place and parse.intent != topics.PROCESS and parse.confidence >= _SURE:
        return None  # "what would be the first step into that job"
    process = _meant(parse, focus, base)
    part = LATE if walk_english.asks_delay(parse.text) else STEP
    if not process:
        return _ask_which(part, number)
    return at(base, process, _counted_from_end(number, process, base), part)


def _counted_from_end(number: int, process: str, base: KnowledgeBase) -> int:
    return len(base.processes[process].steps) if number == walk_english.LAST else number


def _called(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """ "Who do I call when the parcel is late"."""
    named = parse.values("role") or not moments.asks_whom_to_call(parse.text)
    # "Who does he talk to the most" asks about him, and tells no situation.
    about_role = focus.roles and parse.intent == topics.COLLABORATION and parse.has(REFERENCE, "it")
    least = _SITUATION if about_role else _SITUATION // 2
    own = parse.intent == topics.OUT_OF_SCOPE and walk_english.is_own(parse.text)
    if named or own or len(moments.situation(parse.text).split()) < least:
        return None
    guess = _guess(parse)
    found = moments.find(base, guess.value) if guess and guess.score >= TAKEN else None
    if found:
        things = _things(found.process.id) if found.process else ()
        return Question(
            topics.PROCESS,
            (_who_acts(found, parse.text),),
            things=things,
            part=CALL,
            step=found.number,
            moment=found.id,
        )
    if about_role or parse.intent in (topics.OUT_OF_SCOPE, *topics.SMALL_TALK):
        return None
    near = [moments.find(base, key) for key in (guess.candidates if guess else ())]
    roles = tuple(dict.fromkeys(one.role for one in near if one))[:OFFERED]
    return Question(topics.CLARIFY, reason="whom_to_call", wanted=topics.DUTIES, candidates=roles)


def _who_acts(moment: moments.Moment, text: str) -> str:
    """Return the role to turn to: of a handover the receiver, who acts when it comes.

    The giver, where the message says that something has not come.
    """
    handover = moment.handover
    return handover.receiver if handover and not walk_english.is_missing(text) else moment.role


def _guess(parse: Parse) -> Found | None:
    return next((item for item in parse.found if item.kind == MOMENT), None)


def _counted(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """ "How many steps are there"."""
    if not walk_english.asks_count(parse.text):
        return None
    process = _meant(parse, focus, base)
    if not process:
        return _ask_which(COUNT)
    return Question(topics.PROCESS, things=_things(process), part=COUNT)


def _slowly(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """ "Walk me through a return one step at a time"."""
    of_role = parse.intent in topics.ROLE_TOPICS and parse.values("role")
    if not walk_english.asks_slowly(parse.text) or of_role:
        return None  # "she checks toys one by one: what does a quality controller do"
    process = _meant(parse, focus, base)
    if process:
        return at(base, process, 1)
    return _ask_which(STEP, 1) if parse.intent == topics.PROCESS else None


def _described_step(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """ "The coupons and budget step, who", while a process is talked about."""
    guess = _guess(parse)
    if focus.topic != topics.PROCESS or not focus.place or not guess or _named(parse, base):
        return None
    own = f"{moments.STEP}/{focus.place.process}/"
    fitting = [key for key in guess.candidates if key.startswith(own)]
    if parse.words() > FEW_WORDS or not fitting or not guess.score >= TAKEN:
        return None
    return at(base, focus.place.process, moments.split(fitting[0])[2])


def _walked(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Move within the process talked about: next, back, again, what if it is late, stop."""
    place = focus.place
    if not place or parse.words() > FEW_WORDS:
        return None
    talked = focus.topic == topics.PROCESS
    if talked and walk_english.asks_delay(parse.text):
        return _late(parse, place, base)
    if parse.values(*_NAMED):
        return None
    if not place.step:
        return _from_start(parse.text, place, base) if talked else None
    over = place.step == len(base.processes[place.process].steps)
    turns = _TURNS if talked else () if over else _TURNS_LATER
    return next((turn(place, base) for said, turn in turns if said.search(parse.text)), None)


def _late(parse: Parse, place: Place, base: KnowledgeBase) -> Question | None:
    """Ask what goes wrong at the step talked about, or at that of the role which is named.

    Without either, at each step.
    """
    roles = parse.values("role")
    if not roles and not place.step:
        return Question(topics.PROCESS, things=_things(place.process), part=LATE)
    if not roles:
        return at(base, place.process, place.step, LATE)
    steps = base.processes[place.process].steps
    number = next((n for n, step in enumerate(steps, 1) if step.role in roles), 0)
    return at(base, place.process, number, LATE) if number else None


def _from_start(text: str, place: Place, base: KnowledgeBase) -> Question | None:
    """Go on from a process that was told as a whole."""
    if walk_english.NEXT.search(text):
        return at(base, place.process, 1)
    goes_on = walk_english.GOES_ON.search(text)
    return _end(place) if goes_on and not _MORE.search(text) else None


def _end(place: Place) -> Question:
    return Question(topics.PROCESS, things=_things(place.process), part=END, step=place.step)


def _forward(place: Place, base: KnowledgeBase) -> Question:
    over = place.step >= len(base.processes[place.process].steps)
    return _end(place) if over else at(base, place.process, place.step + 1)


def _backward(place: Place, base: KnowledgeBase) -> Question:
    return at(base, place.process, max(place.step - 1, 1))


def _here(place: Place, base: KnowledgeBase) -> Question:
    return at(base, place.process, place.step)


def _left(place: Place, base: KnowledgeBase) -> Question:
    return Question(topics.PROCESS, things=_things(place.process), part=STOP, step=place.step)


_NAMED = ("role", "process", "group", "term", "skill", "tool", "company")
# After the whole of a process these ask for the long answer.
_MORE = re.compile(r"\b(?:go on|continue|keep going|proceed)\b", re.IGNORECASE)
_Turn = tuple[re.Pattern[str], Callable[[Place, KnowledgeBase], Question]]
# What leads where within a walk, and where another question was asked in between.
_TURNS: tuple[_Turn, ...] = (
    (walk_english.RESUME, _here),
    (walk_english.NEXT, _forward),
    (walk_english.YES, _forward),
    (walk_english.GOES_ON, _forward),
    (walk_english.BACK, _backward),
    (walk_english.AGAIN, _here),
    (walk_english.STOP, _left),
)
_TURNS_LATER = _TURNS[:2]
