"""Vietnamese names: letters in Vietnamese order, people by given name, and how a name is found however it is typed."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

Row = TypeVar("Row")

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Dictionary order of the tones: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_WITHOUT_STROKE = str.maketrans("đð", "dd")  # old fonts bring the eth, which looks like the other one
_MARKS = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex and horn make another letter


@lru_cache(10_000)
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", word.lower()):
        tone = 0
        base = ""
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            elif part in _MARKS or not unicodedata.combining(part):
                base += part
        letter = unicodedata.normalize("NFC", base)
        letters.append(_LETTERS.find(letter) if letter in _LETTERS else 100 + ord(letter[0]))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def sort_key(full_name: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Key for lists of people: given name, then family and middle names from the left."""
    words = full_name.partition(" (")[0].split() or [""]  # what tells namesakes apart is no part of the name
    return [_word_key(word) for word in [words[-1], *words[:-1]]]


@lru_cache(10_000)
def title_key(name: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Key for lists of what is called by words and figures: from the left, "Tổ 5" before "Tổ 10"."""
    parts = re.findall(r"\d+|[^\W\d]+", unicodedata.normalize("NFC", name))
    return tuple(((-1, int(part)), ()) if part.isdecimal() else _word_key(part) for part in parts)


def by_title(rows: Iterable[Row], name: Callable[[Any], str] = attrgetter("name")) -> list[Row]:
    """In the order of `title_key`, whichever database they came from: no database knows these letters, and the figures
    in a name are to it letters like any other. A list that comes in pages is put in order by keys and names alone.
    """
    return sorted(rows, key=lambda one: title_key(name(one)))


@dataclass(frozen=True, slots=True)
class Titled:
    """A row of a long list, as its name alone."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


def plain(text: str) -> str:
    """ "ĐỖ  Văn" as one looks for it: small letters without marks, one space, whatever Unicode form it came in."""
    letters = unicodedata.normalize("NFD", text.lower().translate(_WITHOUT_STROKE))
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def folded(text: str) -> str:
    """The one fold of every search: words in small letters without marks, a space between, nothing else."""
    return re.sub(r"[\W_]+", " ", plain(text)).strip()


def is_found(asked: str, name: str) -> bool:
    """Do these words, the last one perhaps not written to its end, stand in the name one after the other?"""
    return f" {_folded_name(asked)}" in f" {_folded_name(name)}"


_folded_name = lru_cache(10_000)(folded)


def given_name(full_name: str) -> str:
    words = full_name.split()
    return words[-1] if words else ""


def proposed_username(full_name: str) -> str:
    """ "Nguyễn Thị Hoa" signs in as "hoa.nt": given name, then the first letters of the others."""
    words = ["".join(c for c in word if c.isascii() and c.isalnum()) for word in plain(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return ""
    first_letters = "".join(word[0] for word in words[:-1])
    return f"{words[-1]}.{first_letters}" if first_letters else words[-1]


def is_same_name(one: str, other: str) -> bool:
    return one_way(one) == one_way(other)


def one_way(full_name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(full_name.split())).casefold()


def told_apart(people: Iterable[tuple[int, str, date | None, str]]) -> dict[int, str]:
    """By key, the word that tells somebody apart: "" unless two of them share a name, however it was typed.

    `people`: key, full name, day of birth, and the word that the secretary has chosen. Without such a word it is the
    year of birth, the whole day where the year is shared too: "sinh 1950".
    """
    known = list(people)
    sharing: dict[str, list[tuple[int, date | None, str]]] = {}
    for key, full_name, born_on, chosen in known:
        sharing.setdefault(one_way(full_name), []).append((key, born_on, chosen))
    words = dict.fromkeys((key for key, *_ in known), "")
    for group in sharing.values():
        years = [born_on.year for _, born_on, _ in group if born_on is not None]
        for key, born_on, chosen in group if len(group) > 1 else ():
            words[key] = chosen or _born(born_on, years)
    return words


def _born(born_on: date | None, years: list[int]) -> str:
    if born_on is None:
        return "chưa ghi năm sinh"
    return f"sinh {born_on.year}" if years.count(born_on.year) == 1 else f"sinh {born_on:%d/%m/%Y}"
