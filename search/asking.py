"""What somebody asks for, read word by word: nothing that is typed is an operator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from members.names import folded

LONGEST = 200  # letters
MOST = 24  # words
SHORTEST = 2  # letters
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_PART = re.compile(r'"([^"]*)"?|[^\s"]+')

TOO_LONG = f"Câu tìm dài quá {LONGEST} chữ cái. Xin rút ngắn lại, chỉ giữ những chữ chính."
TOO_MANY = f"Câu tìm có quá {MOST} tiếng. Xin bớt lại, chỉ giữ những chữ chính."
TOO_SHORT = "Xin gõ ít nhất hai chữ cái hoặc chữ số của điều cần tìm."


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand one after the other."""

    words: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """`terms`: each must stand in a passage; `refusal`: why nothing is looked for, "" where it is."""

    text: str
    terms: tuple[Term, ...] = ()
    refusal: str = ""

    @classmethod
    def of(cls, text: str) -> Sought:
        if len(text) > LONGEST:
            return cls(text[:LONGEST], refusal=TOO_LONG)
        terms = []
        for part in _PART.finditer(text.translate(_QUOTES)):
            quoted = part[0].startswith('"')
            if words := folded(part[1] if quoted else part[0]).split():
                terms.append(Term(tuple(words), quoted))
        if sum(len(term.words) for term in terms) > MOST:
            return cls(text, refusal=TOO_MANY)
        if sum(len(word) for term in terms for word in term.words) < SHORTEST:
            return cls(text, refusal=TOO_SHORT)
        return cls(text, tuple(terms))

    @property
    def may_be_begun(self) -> bool:
        """Whether the last word can be the beginning of a longer one."""
        return bool(self.terms) and not self.terms[-1].quoted and len(self.terms[-1].words[-1]) >= SHORTEST

    def pattern(self, *, begun: bool) -> re.Pattern[str]:
        """Where the words stand in folded text that has kept its signs."""
        found = []
        for number, term in enumerate(self.terms, start=1):
            open_end = begun and number == len(self.terms)
            found.append(r"[\W_]+".join(map(re.escape, term.words)) + (r"[^\W_]*" if open_end else ""))
        longest_first = sorted(found, key=len, reverse=True)
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])")
