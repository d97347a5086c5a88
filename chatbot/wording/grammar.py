"""Small rules of English that templates need."""

from __future__ import annotations

import re

# Letters whose names begin with a vowel sound, for abbreviations: "an SEM specialist".
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_ABBREVIATION = re.compile(r"[A-Z]{2,}\b")
_SOUNDS_LIKE_CONSONANT = re.compile(r"(?:user|uni|use|one|euro)", re.IGNORECASE)


def with_article(name: str) -> str:
    """Return a name with "a" or "an" before it."""
    if _ABBREVIATION.match(name):
        vowel = name[0] in _VOWEL_LETTERS
    else:
        vowel = name[:1].lower() in "aeiou" and not _SOUNDS_LIKE_CONSONANT.match(name)
    return f"{'an' if vowel else 'a'} {name}"


def with_the(name: str) -> str:
    """Return a name with "the" before it."""
    return f"the {name}"


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text with a small first letter, but for abbreviations and names like "WeChat"."""
    word = text.split(" ", 1)[0].rstrip(",.:;'’s")
    keeps = len(word) > 1 and any(letter.isupper() or letter.isdigit() for letter in word[1:])
    if keeps or word in _PROPER or len(word) == 1:
        return text
    return text[:1].lower() + text[1:]


def without_stop(text: str) -> str:
    """Return the text without a closing full stop."""
    return text.rstrip(".")


_PROPER = frozenset(
    ["Photoshop", "Excel", "Taobao", "Tmall", "Xiaomi", "Tencent", "Huawei", "Gree", "Qianniu"]
    + ["Weibo", "Douyin", "Baidu", "Google", "Figma", "Python", "Linux", "Chinese", "English"]
    + ["Monday", "Friday", "Alipay", "Cainiao", "Git", "Docker", "Illustrator"]
)

_CLAUSE_END = re.compile(r"[,;:.]\s|\s(?:by|so that|until|while|with|and|from|before|when|in)\s")


def clause(text: str, longest: int = 70) -> str:
    """Return the longest beginning of a sentence that can stand alone within a length.

    Cuts before a comma or a word such as "by" or "and"; at a word where there is none.
    """
    if len(text) <= longest:
        return without_stop(text)
    ends = [match.start() for match in _CLAUSE_END.finditer(text) if match.start() <= longest]
    cut = max(ends, default=0)
    return text[:cut] if cut >= longest // 3 else text[: text.rfind(" ", 0, longest)] + " …"
