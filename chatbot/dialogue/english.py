"""Small patterns of English that the dialogue reads in a message."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
# What stands before a thing that a person does not want or cannot do, in the same clause; a word
# that somebody does not know is one they ask about.
_NEGATION = re.compile(
    r"\b(?:without|nothing|no(?! (?:idea|clue))|not(?! (?:know|sure|understand|familiar|heard))"
    r"|never(?! (?:heard|met|seen|come))|hate|dislike|avoid"
    r"|(?:bad|hopeless|useless|terrible|rubbish|clueless|lost|awful|no good) (?:at|with)"
    r"|cannot(?! understand)"
    r"|can'?t(?! understand)|(?:do|does|did)n'?t(?! (?:know|understand|get))|isn'?t)\b"
    r"[^.,;!?]{0,25}$",
    re.IGNORECASE,
)
_ENOUGH = re.compile(
    r"\b(?:enough of|tired of|sick of|fed up with|instead of|rather than|anything but|except)\b"
    r"[^.,;!?]{0,15}$",
    re.IGNORECASE,
)
# What stands before a job that a correction rejects ("pre-sales, not in-sale").
_DENIAL = re.compile(
    r"\b(?:not|instead of|rather than|isn'?t|don'?t mean|didn'?t mean)\b[^.,;!?]{0,25}$",
    re.IGNORECASE,
)
# What stands before or behind a job that somebody had ("he was only a sales guy before").
_ONCE_BEFORE = re.compile(
    r"\b(?:former|ex|retired|used to be)\W+(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)
_ONCE_BEHIND = re.compile(
    r"^[^\w.?!]*(?:\w+[^\w.?!]+){0,2}(?:before|once|earlier)\b", re.IGNORECASE
)
# "the seo guy", "the warehouse one", "chief of transport": a word of a job's name and a word that
# stands for a person or a job.
_NO_PART = (
    r"(?:the|an?|this|that|which|what|no|any|every|each|some|other|same|former|latter|middle"
    r"|first|1st|second|2nd|third|3rd|fourth|fifth|sixth|last|next|previous|number|good|nice|not"
    r"|and|or)"
)
_PART = re.compile(
    rf"\b(?!{_NO_PART}\b)([\w-]+)\s+"
    r"(?:guys?|girl|lady|man|woman|person|people|ppl|folks|dude|boss|chief|staff)\b"
    rf"|\b(?:the|that|a|an)\s+(?!{_NO_PART}\b)([\w-]+)\s+(?:one|1|job|role|post|position)\b"
    rf"|^(?!{_NO_PART}\b)([\w-]+)\s+one\b"
    r"|\b(?:boss|chief|head|people|ppl|person|guys?) (?:of|from|in) (?:the )?"
    r"(?!(?:it|its|this|that|them|there|here|these|those|my|your|our|an?|which|what)\b)([\w-]+)",
    re.IGNORECASE,
)
# What stands before a job that somebody has or had, and does not ask about.
_BACKGROUND = re.compile(
    r"\b(?:was|were|am|i'?m|been|formerly|previously|former|ex|retired|used to be|worked as|"
    r"working as|trained as|years as|come from|came from|background in|as|my|our|his|her)\s+"
    r"(?:an?\s+|the\s+)?"
    r"(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
# What stands before somebody who is known already: asked about, or dealt with in passing.
_KNOWN = re.compile(r"\bthe\s+(?:[\w'-]+\s+){0,2}$", re.IGNORECASE)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_MORE = (
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
NUMBERS = {word: number for number, word in enumerate(_SMALL + _MORE, 1)} | {
    "twenty": 20,
    "fifty": 50,
    "dozen": 12,
    "hundred": 100,
    "hundreds": 300,
    "thousand": 1000,
    "thousands": 3000,
}
_PEOPLE = re.compile(
    rf"(?<!\bthe )\b(\d{{1,3}},\d{{3}}|\d{{1,6}}|{'|'.join(NUMBERS)})\s*(?:of\s+|-\s*)?"
    r"(?:people|ppl|persons?|employees?|staff|workers?|men|heads?|members?|friends|besties|"
    r"colleagues|of us|us)\b",
    re.IGNORECASE,
)
# What joins a second person to the one talked about ("does he work with the buyer").
_JOINS = re.compile(
    r"\b(?:with|w|and|n|to|from|between)\s+(?:[\w'-]+\s+){0,2}$|w/\s*$", re.IGNORECASE
)
_GOES_BACK = re.compile(
    r"^(?:ok(?:ay)?[,.]? )?back\W*$|\b(?:go(?:ing)?|get(?:ting)?|come) back\b"
    r"|\b(?:back|return|returning) to\b|\bprevious\b|\bbefore that\b|\bthe one before\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"\b(?:i |i'd )?(?:meant|mean|ment)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\?|\b(?:what|wat|which|how|whats|why|where|when)\b|^(?:do|does|is|are|can|who|whos)\b",
    re.IGNORECASE,
)
# "whoever checks", "the person who checks", "who decides the price": somebody is described.
_DESCRIBES = re.compile(
    r"\bwhoever\b|\b(?:persons?|people|ppl|ones?|1|guys?|girl|lady|man|woman|folks|colleague"
    r"|employee|worker|someone|somebody|sb|those) (?:who|that)\b"
    r"|^(?:\w+ ){0,2}who (?!does|was|has|is|else|needs|uses)[a-z]+s\b"
    r"|\b(?:person|people|ppl|guys?|girl|lady|man|woman|colleague|employee|worker|someone|somebody"
    r"|sb|staff) (?!work|be|want|look|go|start|do|try|us)[a-z]+ing\b",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(r"\b(?:what|wat|which|how|why|where|when)\b(?! about)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:and|n|or|what about|how about|same|also|then|ok and|so)\b", re.IGNORECASE
)
_INSTEAD = re.compile(r"^\W*(?:\w+\W+){1,3}instead\W*$", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:(?:then|so|ok|okay|now|well)[ ,]+)*(?:tell me |let me hear |let'?s hear "
    r"|i(?:'d| would) like to hear |something |info )?(?:about|on)\b",
    re.IGNORECASE,
)
# "if he is late", "when she misses the deadline", "if nothing comes from the buyer in time".
_LATE = re.compile(
    r"\b(?:is|are|'s|'re|isn'?t|was|were|be|being|comes?|runs?|gets?|delivers?)\s+(?:\w+\s+){0,3}?"
    r"(?P<late>late|delayed|behind schedule|behind|overdue|on time|in time)\b"
    r"|\b(?P<misses>miss(?:es|ed)?\s+(?:the|a|its|his|her|their)\s+deadlines?)"
    r"|\b(?P<keeps>keeps?)\b.{1,60}\bwaiting\b"
    r"|(?P<forgets>\b(?:does ?n[o']?t|do ?n[o']?t|fails? to|forgets? to)\s+"
    r"(?:deliver|hand|send|pass|finish)\b)",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:if|when|whenever|suppose|imagine|what happens|goes wrong|trouble)\b|\bkeeps?\b",
    re.IGNORECASE,
)
_TURNS_ROUND = re.compile(
    r"\bother way (?:a)?round\b|\bvice[ -]versa\b|\breversed?\b|\b(?:other|opposite) direction\b"
    r"|^(?:and )?(?:the )?other way\W*$|^and (?:back|backwards)\W*$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\bexamples?\b|\bfor instance\b|\be\.?g\b", re.IGNORECASE)
_WHY = re.compile(
    r"^(?:and |but |so |ok |hm+ )?(?:why\W*$|so what\W*$|(?:why|how come|wh?at'?s?)\b.{0,30}\b"
    r"(?:matters?|important|so what|the point|big deal)\b)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\b(?:missing|lack(?:s|ing)?|short of|skills? gap|still (?:need|have to|must|miss)|gaps?"
    r"|(?:what|which|anything) else\b.{0,30}\b(?:need|learn|know|must)|left to learn|catch up on"
    r"|need to (?:add|pick up)|on top of that|not have yet|yet to learn)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i|we)\s+(?:already\s+|only\s+|just\s+|do\s+|really\s+|also\s+)?"
    r"(?:know|can|have|use[ds]?|master|work(?:ed)? with|learn(?:ed|t)?|studied|understand|got)\b"
    r"|\b(?:i'?m|i am)\s+(?:\w+\s+)?(?:good|fluent|experienced|ok|okay|great|fine|strong|trained)\b"
    r"|\bmy skills?\b|\bknowing\b|\balready know\b|\bknows?\b",
    re.IGNORECASE,
)
# What stands before the job that somebody wants to get to ("to become a buyer").
_LEADS_TO = re.compile(
    r"\b(?:become|becoming|to be|turn(?:ing)? into|into|for|to|towards?|as)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"(?:(?:please|pls|ok(?:ay)?|can you|could you|wait)[,\s]+)*"
    r"(?:tell|explain|compare|list|show|define|describe|give|sum|walk)\b",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(
    r"\bwhy (?:not|isn'?t|is not|no|didn'?t|did you not|is .{3,40} not)\b|\bhow come\b.*\bnot?\b"
    r"|\bwhy is(?:n'?t)? .* (?:missing|left out|not)\b",
    re.IGNORECASE,
)
_WANTS_MORE = re.compile(r"(?:please |ok )?(?:tell me |show )?more(?: please| details)?\W*$", re.I)
_OF_ONESELF = re.compile(
    r"(?:(?:well|so|hm+|honestly|and|but|oh|yes|no)[,\s]+)*(?:i|i'\w+|im|my|me)\b", re.I
)
# "2 and 5", "3, what does he do", but not "3 people" or "2 years".
_PLACES = re.compile(
    r"\W*(?:and |n |ok |now |then |so |num[bm][ae]r? |nbr |# ?)*(\d)"
    r"(?:\s*(?:and|n|&|,|\+)\s*(\d))?\b"
    r"(?!\s*(?:people|persons|ppl|years?|months?|of|%|staff|employees|k\b"
    r"|more|(?:thing|question|week|day|hour|minute|time|job|role)s?\b))(?=\W|$)",
    re.IGNORECASE,
)
_TWO_PLACES = re.compile(
    r"\b(?:numbers?|nr|no|num|compare)\.? ?(\d)"
    r"\s*(?:and|n|&|,|\+|vs\.?|with|to)\s*(?:number |nr |no )?(\d)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+")
# A sentence has at least this many words.
_SENTENCE = 3
# "The same thing please", of another job.
_SAME_AGAIN = re.compile(r"\bsame (?:thing|question|again|info|stuff)\b", re.IGNORECASE)
_FIRST_OF_TALK = re.compile(
    r"\b(?:i|we) (?:first )?(?:asked|started|began|talked|spoke|mentioned)\b.{0,20}\bfirst\b"
    r"|\b(?:i|we) (?:asked|started|began)\b.{0,20}\b(?:with|at the (?:start|beginning))\b"
    r"|\bthe (?:very )?first (?:one|job|role) (?:i|we)\b",
    re.IGNORECASE,
)
# "Which one needs more writing", "is he paid more than her": no wish for a longer answer.
_MORE_OF_IT = re.compile(
    r"\b(?:needs?|requires?|has|have|is|are|does|do|uses?|involves?)\s+(?:much |even )?more\b"
    r"|\bmore \w+ than\b",
    re.IGNORECASE,
)
# "What is C2M", "whats gmv mean": the word that is asked for.
_ASKED_WORD = re.compile(
    r"^(?:(?:and|so|ok|but|then|also|n)\W+)*(?:what(?:'?s| is| are| does| do)|wats?|wat is|define"
    r"|meaning of|explain)\s+(?:the (?:word|term) |an? |the )?([\w&'-]+(?: [\w&'-]+)??)"
    r"(?:\s+(?:mean(?:s|ing)?|stands? for|again|then|exactly|pls|please))*\W*$",
    re.IGNORECASE,
)
# Words that do not tell one role's name from another's.
_COMMON = frozenset(
    ("e", "commerce", "the", "a", "of", "and", "in", "one", "customer", "service")
    + ("manager", "specialist", "engineer", "developer", "back", "end", "front")
)

# "In charge of the stockroom".
_IN_CHARGE = re.compile(
    r"\b(?:in charge of|responsible (?:for|of)|runs?|running|head of|heads|looks? after)\s+"
    r"(?:the |da |our |a |their )?$",
    re.IGNORECASE,
)
# Words that name nothing by themselves.
_POINTING = frozenset(
    ("it", "that", "this", "these", "those", "they", "them", "he", "she", "there", "here", "both")
    + ("thing", "word", "term", "one", "first", "second", "third", "last", "other", "two", "up")
    + (
        "mean",
        "means",
        "meaning",
        "exactly",
        "again",
        "then",
        "the",
        "a",
        "an",
        "your",
        "you",
        "my",
        "new",
        "so",
    )
)
# Words that may stand beside a name without asking anything.
EMPTY = frozenset(
    ("the", "a", "an", "and", "or", "please", "pls", "plz", "then", "ok", "okay", "so", "well")
    + ("what", "about", "how", "also", "s", "one", "job", "role", "now", "yes", "no", "maybe")
)


def is_negated(before: str) -> bool:
    """Tell whether what follows this text is said not to be wanted."""
    return bool(_NEGATION.search(before))


def is_unwanted(before: str) -> bool:
    """Tell whether what follows this text is not wanted, or no longer ("I've had enough of")."""
    return is_negated(before) or bool(_ENOUGH.search(before))


def is_denied(before: str) -> bool:
    """Tell whether a job that follows this text is said not to be meant."""
    return bool(_DENIAL.search(before))


def was_once(before: str, behind: str) -> bool:
    """Tell whether a job between these two texts is one that somebody had."""
    return bool(_ONCE_BEFORE.search(before) or _ONCE_BEHIND.search(behind))


def is_background(before: str) -> bool:
    """Tell whether a job that follows this text is somebody's own and not asked about."""
    return bool(_BACKGROUND.search(before))


def is_known(before: str) -> bool:
    """Tell whether a job that follows this text is spoken of as known ("the lawyer")."""
    return bool(_KNOWN.search(before))


def says_he_or_she(text: str) -> bool:
    """Tell whether a message points at a person."""
    return bool(re.search(r"\b(?:he|she|him|her|they|them)\b", text, re.IGNORECASE))


def asks_with_whom(text: str) -> bool:
    """Tell whether a message asks for those somebody works with, and so names no second."""
    pattern = (
        r"\b(?:which|what) (?:other )?(?:colleagues|people|departments|teams|groups|jobs|roles)\b"
        r"|\b(?:with whom?|whom (?:does|do|would)|who does (?:he|she|an?|the)|who all|contacts)\b"
        r"|\bwho(?:'s| is| does| do|s)? (?:he|she|they|it)\b.{0,20}\bwith\b"
        r"|\bwith (?:which|what) (?:\w+ )?(?:colleagues|people|departments|teams|jobs)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def are_several(text: str) -> bool:
    """Tell whether a message points at several people ("which groups are they in")."""
    return bool(re.search(r"\b(?:they|them|their)\b", text, re.IGNORECASE))


def is_together(text: str) -> bool:
    """Tell whether a message asks what some do together."""
    pattern = (
        r"\b(?:2gether|tog\w{0,3}ther|cooperate?|collaborate?|each ?other|one another"
        r"|hand in hand|side by side|as a team)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def leads(text: str) -> bool:
    """Tell whether a message speaks of who leads some people ("the big boss of operations")."""
    pattern = (
        r"\b(?:boss|chief|head|leader)\b(?:\s+\w+){0,2}?\s+(?:of|in|for|from|at)\b"
        r"|\bthe (?:big )?(?:boss|chief|head|leader)(?:\W*$| (?:there|here|of (?:it|them|that))\b)"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def part_of_name(text: str) -> str:
    """Return the word of a job's name in "the warehouse one", or an empty string."""
    match = _PART.search(text)
    return next((word.lower() for word in match.groups() if word), "") if match else ""


def people(text: str) -> int | None:
    """Return the number of people that a message gives ("a shop of fifteen people")."""
    match = _PEOPLE.search(text)
    if not match:
        return None
    return number(match[1])


def number(word: str) -> int:
    """Return the number that a figure or a word of `NUMBERS` stands for."""
    return NUMBERS.get(word.lower()) or int(word.replace(",", ""))


def goes_on(text: str) -> bool:
    """Tell whether a message begins like one that only puts another subject into a question."""
    if _INSTEAD.search(text):
        return True
    found = _GOES_ON.match(text)
    return bool(found) and not _ASKS_ITSELF.search(text[found.end() if found else 0 :])


def joins(before: str) -> bool:
    """Tell whether a job that follows this text is named beside the one talked about."""
    return bool(_JOINS.search(before))


def begins(before: str) -> bool:
    """Tell whether a text is only what a message begins with that goes on ("and the")."""
    return bool(re.match(r"\W*(?:ok |so )?(?:and|n)(?: (?:the|an?))?\W*$", before, re.IGNORECASE))


def question_start(text: str) -> int:
    """Return where the asking sentence of a story begins; 0 for a message of one sentence."""
    places = [0, *(found.end() for found in _SENTENCE_END.finditer(text))]
    ends = [*places[1:], len(text)]
    spans = [
        (start, end)
        for start, end in zip(places, ends, strict=True)
        if len(text[start:end].split()) >= _SENTENCE
    ]
    asking = [start for start, end in spans if text[start:end].rstrip().endswith("?")]
    return (asking or [start for start, _ in spans] or [0])[-1]


def same_again(text: str) -> bool:
    """Tell whether a message wants the last question answered for another subject."""
    return bool(_SAME_AGAIN.search(text))


def is_first_of_talk(text: str) -> bool:
    """Tell whether a message points at the job that the talk began with."""
    return bool(_FIRST_OF_TALK.search(text))


def is_in_charge(before: str) -> bool:
    """Tell whether what follows this text is what somebody is in charge of."""
    return bool(_IN_CHARGE.search(before))


def says_who(before: str) -> bool:
    """Tell whether a text goes on about somebody ("an officer who looks after ...")."""
    return bool(re.search(r"\b(?:who|whoever|(?:one|person|girl|guy) that)\b", before, re.I))


def is_named_last(text: str) -> bool:
    """Tell whether a message points at the job that was talked about last ("that last one")."""
    pattern = r"\bthat (?:very )?last (?:one|job|role)\b|\blast[- ](?:named|mentioned)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def weighs(text: str) -> bool:
    """Tell whether "more" compares things and wants no longer answer ("needs more writing")."""
    return bool(_MORE_OF_IT.search(text))


def asked_word(text: str) -> str:
    """Return the one or two words whose meaning is asked, or an empty string."""
    found = _ASKED_WORD.match(text.strip())
    return found[1] if found and not words(found[1]) <= _POINTING else ""


def of_families(text: str) -> bool:
    """Tell whether a message speaks of groups of jobs rather than of jobs."""
    return bool(re.search(r"\b(?:famil(?:y|ies)|groups?|departments?|areas?)\b", text, re.I))


def asks_for_all(text: str) -> bool:
    """Tell whether a message asks for the whole of something ("all processes")."""
    pattern = r"\b(?:whole|all|every|entire|processes|overview|other|others|e-?commerce)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def step_in_list(text: str) -> int:
    """Return 1 for "the one after it", -1 for "the one just before him", 0 for neither."""
    found = re.search(
        r"\b(?:one|1) (?:just |right |directly )?(before|after|above|below|following) "
        r"(?:it|that|this|him|her|them)\b|\b(next) one\b",
        text,
        re.IGNORECASE,
    )
    if not found:
        return 0
    return -1 if (found[1] or "").lower() in ("before", "above") else 1


def describes_somebody(text: str) -> bool:
    """Tell whether a message describes somebody by what they do."""
    return bool(_DESCRIBES.search(text))


def place_of_somebody(text: str) -> int:
    """Return where a message begins to describe somebody; 0 if it does not."""
    found = _DESCRIBES.search(text)
    return found.start() if found else 0


def goes_on_about_hint(text: str, hints: list[str]) -> bool:
    """Tell whether a partial name is told more about ("the specialist who ...")."""
    said = "|".join(re.escape(hint) for hint in hints)
    return bool(said) and bool(re.search(rf"\b(?:{said}) (?:who|that|which)\b", text, re.I))


def is_command(text: str) -> bool:
    """Tell whether a message is written like a button's payload that no button sends."""
    return bool(re.match(r"/\w*\s*(?:\{.*\})?\s*$", text.strip()))


def goes_back(text: str) -> bool:
    """Tell whether a message returns to an earlier question ("back to the first")."""
    return bool(_GOES_BACK.search(text))


def corrects(text: str) -> bool:
    """Tell whether a message says what was meant instead ("soz meant the team lead")."""
    return bool(_CORRECTS.search(text))


def asks_meaning(text: str) -> bool:
    """Tell whether a message asks what a word means."""
    pattern = (
        r"\b(?:what(?:'?s| is| does| are)|w[ao]ts?|define|definition|mean(?:s|ing|t)?|explain)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def is_department(text: str) -> bool:
    """Tell whether a message speaks of a part of a company."""
    return bool(re.search(r"\b(?:departments?|dept|groups?|teams?|people|side|unit)\b", text))


def compares(text: str) -> bool:
    """Tell whether a message sets two things against each other."""
    return bool(re.search(r"\b(?:vs\.?|versus|differ(?:s|ent|ence)?)\b", text, re.IGNORECASE))


def this_job(text: str) -> bool:
    """Tell whether a message points at the job talked about by a noun ("this marketing person")."""
    pattern = r"\b(?:this|that)(?: [\w-]+)? (?:person|job|role|guy|girl|post|position|colleague)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def he_and_i(text: str) -> bool:
    """Tell whether a message sets the one talked about beside the speaker ("he and I")."""
    he, me = "(?:he|she|they|him|her|them)", "(?:i|me)"
    return bool(re.search(rf"\b(?:{he} and {me}|{me} and {he})\b", text, re.IGNORECASE))


def ends_with_that(text: str) -> bool:
    """Tell whether a message points back with its last word ("a normal day in that")."""
    return bool(
        re.search(r"\b(?:in|of|for|like|as|with|at) (?:that|this)\W*$", text, re.IGNORECASE)
    )


def that_one(text: str) -> bool:
    """Tell whether a message points at the thing named last ("what does that one do")."""
    return bool(re.search(r"\b(?:that|this)(?: one| job| role| person)?\b", text, re.IGNORECASE))


def asks(text: str) -> bool:
    """Tell whether a message is a question by its own words and not just a reply."""
    return bool(_ASKS.search(text))


def requests(text: str) -> bool:
    """Tell whether a message begins like one that wants to be told something ("explain ...")."""
    return bool(_REQUESTS.match(text))


def wants_more(text: str) -> bool:
    """Tell whether a message wants the rest of an answer and nothing else."""
    return bool(_WANTS_MORE.match(text.strip()))


def tells_of_oneself(text: str) -> bool:
    """Tell whether a message begins like one in which somebody tells of themselves."""
    return bool(_OF_ONESELF.match(text))


def asks_why_not(text: str) -> bool:
    """Tell whether a message asks why something was left out ("why not the buyer?")."""
    return bool(_WHY_NOT.search(text))


def introduces(text: str) -> bool:
    """Tell whether a message begins like one that turns to a new subject ("tell me about")."""
    return bool(_INTRODUCES.match(text))


def places(text: str) -> list[int]:
    """Return the bare numbers of a message that counts ("2 and 5 what they do", "number 1 and 3").

    One number alone counts at the beginning only.
    """
    found = _PLACES.match(text) or _TWO_PLACES.search(text)
    return [int(number) for number in found.groups() if number] if found else []


def is_said_otherwise(text: str, start: int) -> bool:
    """Tell whether what starts here is another word for what stands before it ("a / b")."""
    return bool(re.search(r"\w\s*(?:/|\bor)\s*$", text[:start], re.IGNORECASE))


def is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether "and", "or" or "versus" joins what stands between two places to something."""
    between = r"(?:\b(?:and|or|vs\.?|versus|n)\b|[/&])"
    before = re.search(rf"{between}\s*(?:the |an? )?$", text[:start], re.IGNORECASE)
    return bool(before or re.match(rf"\s*{between}", text[end:], re.IGNORECASE))


def is_listed(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between two places of a text is one of several in a row."""
    before, behind = text[:start], text[end:]
    between = r"(?:,|/|&|\+|\b(?:and|or|vs\.?|versus|n)\b)"
    ends = re.search(rf"{between}\s*(?:the |an? )?$", before, re.IGNORECASE)
    return bool(ends or re.match(rf"\s*(?:\w+\s*)?{between}", behind, re.IGNORECASE))


def is_somebody(text: str, start: int, end: int) -> bool:
    """Tell whether "people" between two places is somebody ("people who ...") and no liking."""
    somebody = text[start:end].lower() in ("people", "persons", "ppl")
    return somebody and bool(
        re.match(r"\s+(?:who|that|whose|without)\b", text[end:], re.IGNORECASE)
    )


def begins_with_teamwork(text: str) -> bool:
    """Tell whether a message begins with a word for work with others ("teamwork with")."""
    pattern = (
        r"(?:and |n |ok |then |also )*(?:teamwork|team work|cooperation|collaboration|coordination"
        r"|working|work|handovers?|interfaces?|contacts?) (?:together )?(?:with|w|to)\b"
    )
    return bool(re.match(pattern, text, re.IGNORECASE))


def asks_doing(text: str) -> bool:
    """Tell whether a message asks what somebody does ("what do they cover", "what is he doing")."""
    pattern = (
        r"\bdo(?:es)? (?:\w+ ){1,3}?(?:do|cover|handle|deal with|look after)\b"
        r"|\b(?:is|are) (?:it|they|he|she|those) (?:there )?(?:doing|for)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def names_somebody(text: str) -> bool:
    """Tell whether a message says a word for a person beside a name ("a specialist of ...")."""
    pattern = r"\b(?:specialists?|managers?|officers?|experts?|persons?|people|guys?|staff)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def tells_doing(text: str) -> bool:
    """Tell whether a text says what somebody does ("my sister books trucks and")."""
    pattern = (
        r"\b(?:my|our|his|her|their|a|an|some|this|the) (?:[\w-]+ )?[\w-]+ "
        r"(?!(?:is|was|has|does|as)\b)[a-z]+(?:s|ed|ing)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def begins_with_with(text: str) -> bool:
    """Tell whether a message only adds somebody to what was asked ("and with marketing?")."""
    return bool(re.match(r"(?:and |what about |how about |ok(?:ay)? )*with\b", text, re.IGNORECASE))


def searches(text: str) -> bool:
    """Tell whether a message looks for jobs anew and does not go on with what was said before."""
    pattern = (
        r"(?:which|what|any|all|list|show|find|are there|is there|job|role|position|work)\b"
        r"|(?:\w+ ){0,3}(?:jobs|roles|positions|careers)\b"
    )
    return bool(re.match(pattern, text, re.IGNORECASE))


def asks_late(text: str) -> bool:
    """Tell whether a message asks what happens if somebody is late."""
    return bool(_LATE.search(text) and _SUPPOSES.search(text))


def place_of_late(text: str) -> int:
    """Return where a message says that somebody is late; behind it if it does not."""
    found = _LATE.search(text)
    return found.start() if found else len(text)


def turns_round(text: str) -> bool:
    """Tell whether a message asks for the same in the other direction."""
    return bool(_TURNS_ROUND.search(text))


def asks_example(text: str) -> bool:
    """Tell whether a message asks for an example."""
    return bool(_EXAMPLE.search(text))


def asks_why(text: str) -> bool:
    """Tell whether a message asks why what was told matters."""
    return bool(_WHY.search(text))


def asks_gap(text: str) -> bool:
    """Tell whether a message asks what somebody still has to learn."""
    return bool(_GAP.search(text))


def moves(text: str) -> bool:
    """Tell whether a message speaks of a change from one job to another, or of learning for it."""
    change = r"\b(?:switch|mov|chang|transfer|go|cross|transition|learn)(?:e|es|ing|ed)?\b"
    return bool(re.search(rf"{change}.{{0,60}}\b(?:to|into)\b", text, re.IGNORECASE))


def learns(text: str) -> bool:
    """Tell whether a message asks what there is to learn."""
    return bool(re.search(r"\b(?:learn|skills?|abilit(?:y|ies))\b", text, re.IGNORECASE))


def among_themselves(text: str) -> bool:
    """Tell whether a message asks what groups, or the people of one, have to do with each other."""
    pattern = (
        r"\b(?:inside|within|internally|whom|each other|one another|among themselves)\b"
        r"|\b(?:other|which|what) (?:groups|teams|departments|units)\b"
    )
    return bool(re.search(pattern, text, re.IGNORECASE))


def chooses(text: str) -> bool:
    """Tell whether a message asks which of two things to take."""
    pattern = r"\b(?:choose|pick|better|prefer|rather|or)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def tells_own(text: str) -> bool:
    """Tell whether a message says what somebody knows already ("I know Excel")."""
    return bool(_OWN.search(text))


def leads_to(before: str) -> bool:
    """Tell whether a job that follows this text is one that somebody wants to get to."""
    return bool(_LEADS_TO.search(before))


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(_WORD.findall(text.lower()))


def name_words(name: str) -> set[str]:
    """Return the words of a role's name that tell it from others."""
    return words(name) - _COMMON
