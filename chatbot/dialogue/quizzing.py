"""What a message means for a quiz: a start, an answer to the open question, a hint, an end.

What happens stands in `Question.part`:
- `ask`: the open question is told, at the start of a round with how it works;
- `right`, `wrong`, `skipped`: an answer (`candidates`: what was said) and the next question, or the
  score at the end of a round;
- `why`: the answer before is explained again;
- `hint`: the group of the right role;
- `unclear`: no option was understood;
- `score`: how many were right so far;
- `stop`: the end, with the score;
- `empty`: there are no questions of this kind.

A message with a question of its own is none of these and is answered as always; the quiz waits.
"""

from __future__ import annotations

from dataclasses import replace

from chatbot.dialogue import english, quiz_english, topics
from chatbot.dialogue.described import DESCRIBED
from chatbot.dialogue.described import ROLE as DESCRIBED_ROLE
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import Question
from chatbot.dialogue.quiz import Quiz
from chatbot.dialogue.subjects import ORDINAL
from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import HINT, ROLE_WORD, process_by_words

ASK, RIGHT, WRONG, SKIPPED, WHY = "ask", "right", "wrong", "skipped", "why"
HINTED, UNCLEAR, SCORE, STOP, EMPTY = "hint", "unclear", "score", "stop", "empty"
# From this probability on a message asks for a quiz; one that says "quiz" does so anyway.
SURE = 0.65
# From this probability on a message that names a job asks about it, whatever else it says.
ASKS = 0.9
# A message of at most so many words that says nothing is meant as an answer.
FEW_WORDS = 4


def move(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return the turn of the quiz that a message is; None if it has nothing to do with the quiz.

    Args:
        parse: the message.
        focus: what was talked about before, with the quiz.
        base: the knowledge base.
    """
    quiz = focus.quiz
    if quiz and quiz.open and quiz.item(base) is None:
        quiz = quiz.asking(base)  # its question has left the knowledge base
    if not quiz or not quiz.open:
        return _between_rounds(parse, focus, base)
    if "quiz" in parse.text.lower() and _asks_of_role(parse):
        return None  # "enough of the quiz, what does a buyer do?" is answered; the quiz waits
    return (
        _by_word(parse, focus, quiz, base)
        or _resumed(parse, quiz, base)
        or _answered(parse, focus, quiz, base)
        or _mumbled(parse, quiz)
    )


def start(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question:
    """Return the first question of a round; an earlier quiz of the same scope is gone on with."""
    scope = _scope(parse, base)
    quiz = focus.quiz
    if not quiz or quiz.scope != scope:
        quiz = Quiz(seed=_seed(parse, focus), scope=scope)
    begun = quiz.next_round(base)
    return Question(topics.QUIZ, part=ASK if begun.open else EMPTY, quiz=begun)


def unclear(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return a request to name an option, for a message that is neither a question nor understood.

    None if no quiz question is open, or something else was talked about since.
    """
    quiz = focus.quiz
    if not quiz or not quiz.open or quiz.waits or quiz.item(base) is None:
        return None
    if quiz_english.asks_itself(parse.text):
        return None
    return Question(topics.QUIZ, part=UNCLEAR, quiz=quiz)


def _mumbled(parse: Parse, quiz: Quiz) -> Question | None:
    """Ask for an option where a message in the middle of a quiz neither asks nor names anything."""
    says = [item for item in parse.found if not item.kind.startswith(DESCRIBED)]
    intents = (topics.FOLLOW_UP, topics.AFFIRM, topics.DENY, topics.OUT_OF_SCOPE)
    few = parse.words() <= FEW_WORDS and parse.intent in intents
    if quiz.waits or says or not few or quiz_english.asks_itself(parse.text):
        return None
    return Question(topics.QUIZ, part=UNCLEAR, quiz=quiz)


def _seed(parse: Parse, focus: Focus) -> str:
    """Return what decides the order: who asks, in which words, after which questions."""
    before = [f"{q.topic} {' '.join(q.roles)}" for q in focus.questions]
    return "|".join((parse.sender, parse.text, *before))[:200]


def _scope(parse: Parse, base: KnowledgeBase) -> str:
    """Return what a quiz is to be about: a group, the group of a role, or a process."""
    groups = [key for key in parse.values("group") if key in base.groups]
    groups += [base.roles[key].group or "" for key in parse.values("role") if key in base.roles]
    if groups and groups[0]:
        return f"group/{groups[0]}"
    processes = [key for key in parse.values("process") if key in base.processes]
    found = processes[:1] or [process_by_words(quiz_english.subject(parse.text), base) or ""]
    return f"process/{found[0]}" if found[0] else ""


def _asks_for_quiz(parse: Parse) -> bool:
    sure = parse.intent == topics.QUIZ and parse.confidence >= SURE
    return sure or quiz_english.asks_for_quiz(parse.text)


def _between_rounds(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question | None:
    if _asks_for_quiz(parse):
        return start(parse, focus, base)
    quiz = focus.quiz
    if quiz and quiz.asked and quiz_english.SCORE.search(parse.text):
        return Question(topics.QUIZ, part=STOP, quiz=quiz)
    if not quiz or quiz.waits or not quiz.told:
        return None
    if quiz_english.MORE.search(parse.text):
        return start(parse, focus, base)
    return _by_word_after(parse, quiz)


def _by_word_after(parse: Parse, quiz: Quiz) -> Question | None:
    """Return what a word means right after a round."""
    words = ((quiz_english.WHY, WHY), (quiz_english.STOP, STOP))
    part = next((part for said, part in words if said.search(parse.text)), None)
    return Question(topics.QUIZ, part=part, moment=quiz.told, quiz=quiz) if part else None


def _by_word(parse: Parse, focus: Focus, quiz: Quiz, base: KnowledgeBase) -> Question | None:
    """Return what a single word (skip, hint, stop ...) means while a question is open.

    Where something else was talked about in between, fewer words do: "next" may be that of a walk.
    """
    text = parse.text
    if quiz_english.NEW.search(text):
        again = replace(quiz, open="").next_round(base)
        return Question(topics.QUIZ, part=ASK, quiz=again)
    words = (*_PLAIN, *(_WORDS_LATER if quiz.waits else _WORDS))
    if quiz.waits and focus.topic == topics.PROCESS and focus.place:
        words = _PLAIN
    part = next((part for said, part in words if said.search(text)), None)
    if part == SKIPPED:
        return _judged(SKIPPED, (), quiz, base)
    if part == STOP:
        return Question(topics.QUIZ, part=STOP, quiz=replace(quiz, open="", told=""))
    if part == WHY:
        told = Question(topics.QUIZ, part=WHY, moment=quiz.told, quiz=quiz)
        return told if quiz.told else Question(topics.QUIZ, part=HINTED, quiz=quiz)
    return Question(topics.QUIZ, part=part, quiz=replace(quiz, waits=False)) if part else None


def _asks_of_role(parse: Parse) -> bool:
    asked = parse.intent in topics.ROLE_TOPICS and parse.confidence >= ASKS
    return asked and parse.has("role") and quiz_english.asks_itself(parse.text)


def _resumed(parse: Parse, quiz: Quiz, base: KnowledgeBase) -> Question | None:
    """Return the open question once more for who asks for the quiz, or a quiz of another scope."""
    if not _asks_for_quiz(parse) or quiz_english.letter(parse.text) is not None:
        return None
    scope = _scope(parse, base)
    if scope and scope != quiz.scope:
        return start(parse, Focus(), base)
    return Question(topics.QUIZ, part=ASK, quiz=replace(quiz, waits=False))


def _answered(parse: Parse, focus: Focus, quiz: Quiz, base: KnowledgeBase) -> Question | None:
    """Return the judgement of an answer; None for a message that is none."""
    item = quiz.item(base)
    if item is None or (quiz.waits and (focus.pending or english.goes_on(parse.text))):
        return None
    options = questions.options(item, base)
    said = _by_letter(parse, quiz, options) or _by_name(parse, options, base)
    if len(said) == 1:
        return _judged(RIGHT if said[0] == item.role else WRONG, said, quiz, base)
    if said:
        return Question(topics.QUIZ, part=UNCLEAR, candidates=said, quiz=quiz)
    return None


def _judged(part: str, said: tuple[str, ...], quiz: Quiz, base: KnowledgeBase) -> Question:
    item = quiz.item(base)
    assert item is not None  # `move` has looked
    after = quiz.answered(item, part == RIGHT, base)
    return Question(
        topics.QUIZ, (item.role,), part=part, candidates=said, moment=item.id, quiz=after
    )


def _by_letter(parse: Parse, quiz: Quiz, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the option that a message picks by its letter, number or place."""
    number = quiz_english.letter(parse.text)
    ordinals = [item.value for item in parse.found if item.kind == ORDINAL]
    if number is None and len(ordinals) == 1 and not quiz.waits and _is_answer(parse):
        number = int(ordinals[0]) if ordinals[0].lstrip("-").isdigit() else None
    if not number:
        return ()
    place = number - 1 if number > 0 else len(options) + number
    return options[place : place + 1] if place >= 0 else ()


def _by_name(parse: Parse, options: tuple[str, ...], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the roles that an answer names: in full, in part, or by a description."""
    if not _is_answer(parse):
        return ()
    named = tuple(key for key in parse.values("role") if key in base.roles)
    denied = [item.value for item in parse.found if english.is_denied(parse.text[: item.start])]
    named = tuple(key for key in named if key not in denied) or named
    among = tuple(key for key in named if key in options)
    if named:
        return among if len(among) == 1 else named
    return _by_part(parse, options, base)


def _by_part(parse: Parse, options: tuple[str, ...], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the options that a part of a name ("the designer", "warehouse") may mean."""
    hinted = {role for item in parse.found if item.kind == HINT for role in item.candidates}
    hinted |= set(parse.values(ROLE_WORD))
    groups = parse.values("group")
    said = english.words(parse.text)
    told = _described(parse)
    by_name = [role for role in options if said & english.name_words(base.roles[role].name)]
    by_hint = [role for role in options if role in hinted]
    by_group = [role for role in options if base.roles[role].group in groups]
    by_deed = [role for role in options if role in told]
    chosen = by_name or by_hint or by_group or by_deed
    if chosen:
        return _fullest(tuple(chosen), said, base)
    return tuple(role for role in parse.values(ROLE_WORD)[:1] if role in base.roles)


def _fullest(chosen: tuple[str, ...], said: set[str], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the options of whose names a message says the most words."""
    told = {role: len(said & english.words(base.roles[role].name)) for role in chosen}
    most = max(told.values())
    return tuple(role for role in chosen if told[role] == most)


def _described(parse: Parse) -> tuple[str, ...]:
    """Return the likeliest role that a message describes."""
    found = [item.value for item in parse.found if item.kind == DESCRIBED_ROLE]
    return tuple(found[:1])


def _is_answer(parse: Parse) -> bool:
    """Tell whether a message, while a question is open, answers it and asks nothing itself."""
    said = [item for item in parse.found if item.kind in ("role", HINT, ROLE_WORD)]
    rest = list(parse.text)
    for item in said:
        rest[item.start : item.end] = " " * (item.end - item.start)
    return not quiz_english.asks_itself("".join(rest))


# Words that mean something to a quiz even after other questions, and those that do only in it.
_PLAIN = (
    (quiz_english.END, STOP),
    (quiz_english.BACK_TO, ASK),
    (quiz_english.SKIP_IT, SKIPPED),
    (quiz_english.HINT, HINTED),
    (quiz_english.SCORE, SCORE),
)
_WORDS_LATER = ((quiz_english.STOP, STOP), (quiz_english.NEXT, ASK))
_WORDS = (
    (quiz_english.SKIP, SKIPPED),
    (quiz_english.WHY, WHY),
    (quiz_english.AGAIN, ASK),
    (quiz_english.STOP, STOP),
)
