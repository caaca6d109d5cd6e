"""The mark of a state secret (MẬT, TỐI MẬT, TUYỆT MẬT) in a text or a file's name: seen, so that it stays outside.

It guards against a mistake, not against somebody who hides the mark: words about secrecy in an ordinary sentence
(“bí mật”, “mật thiết”, “tài liệu mật”) pass, a mark as it stands on a paper does not. Luật 117/2025/QH15, Điều 5.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from members.refusal import Refused

_PLAIN = ("MẬT", "MÂT", "MAT")
_HIGHER = ("TUYỆT", "TUYÊT", "TUYET", "TỐI", "TÔI", "TOI")
_SURE = {"TUYỆT", "TUYÊT", "TUYET"}  # whatever the letters around them: this is no other word
_JOINED = {"TỐIMẬT", "TUYỆTMẬT", "TUYETMAT"}
# Words that make another word of it, before and after, with and without their signs.
_BEFORE = {
    "BÍ", "BẢO", "CƠ", "THÂN", "GIẢI", "TÚI", "SỎI", "ỐNG", "ĐƯỜNG", "ĐỘ", "TRĂNG", "NƯỚC", "LẤY", "BI", "BAO", "CO",
    "THAN", "GIAI", "TUI", "SOI", "ONG", "DUONG", "DO",
}  # fmt: skip
_AFTER = {
    "ONG", "THIẾT", "ĐỘ", "MÃ", "KHẨU", "MÍA", "DANH", "LỆNH", "GẤU", "NGỌT", "VỤ", "THÁM", "ƯỚC", "HOA", "ĐÀM",
    "THIET", "DO", "MA", "KHAU", "MIA", "LENH",
}  # fmt: skip
_NAMED = {"TÀI LIỆU", "VĂN BẢN", "CÔNG VĂN", "HỒ SƠ", "TAI LIEU", "VAN BAN", "CONG VAN", "HO SO"}
_LISTED = {"VÀ", "HOẶC", "HAY"}
_NEAR = 200  # letters on either side, so that a long line costs no more than a short one
_OPENING, _CLOSING = "([{<*#=|", ")]}>*#=|"

_QUICK = re.compile(r"m[aâậ]t", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ ._·\-]{1,3}[^\W\d_](?!\w))+")
_WORD = re.compile(r"[^\W_]+")
_LINES = re.compile(r"[\n\r\t\v\f\u2028\u2029|]| {3,}")
_LEVEL = re.compile(r"(?:độ|do)\s+(?:mật|mat)\s*[:=–—-]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One place in a line that could be a mark: which of its words, and from where to where."""

    line: str
    words: tuple[re.Match[str], ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        return self.line[self.words[self.first].start() : self.words[self.last].end()]

    @property
    def signed(self) -> bool:
        """Typed with the signs that Vietnamese needs."""
        return not self.text.isascii()

    @property
    def higher(self) -> bool:
        return self.first != self.last or self.text.upper() in _JOINED

    @property
    def left(self) -> str:
        """What stands before it in the line, as far as it matters."""
        start = self.words[self.first].start()
        return self.line[max(start - _NEAR, 0) : start].rstrip()

    @property
    def right(self) -> str:
        end = self.words[self.last].end()
        return self.line[end : end + _NEAR].lstrip()

    def beside(self, step: int) -> str:
        """The next word on one side that is neither another mark nor a word of a list."""
        at = self.first - 1 if step < 0 else self.last + 1
        while 0 <= at < len(self.words) and abs(at - self.first) < _NEAR:
            word = self.words[at][0]
            if word.upper() not in (*_PLAIN, *_HIGHER, *_LISTED):
                return word
            at += step
        return ""


def mark_in(text: str) -> str:
    """The mark that this text carries, as it stands there; empty for an ordinary text."""
    text = _even(text)
    if not _QUICK.search(text):
        return ""
    return next((mark.text for line in _LINES.split(text) for mark in _marks(line) if _is_mark(mark)), "")


def mark_in_name(name: str) -> str:
    """The same of a file's name, where small letters, hyphens and missing signs are usual."""
    stem = _even(name.rsplit(".", 1)[0] if "." in name else name)
    return next((mark.text for mark in _marks(stem) if _names_it(mark)), "")


def sentence_about(mark: str) -> str:
    """What to say to whoever wants to bring it in."""
    return (
        f"Văn bản có dấu độ mật (“{mark}”), không được đưa vào đây. Nếu chỉ nhắc đến chữ này trong câu thì xin viết "
        "chữ thường."
    )


def refuse_marked(text: str, field: str | None = None) -> None:
    """For a text that does not come through a form's own field."""
    if mark := mark_in(text):
        raise Refused(sentence_about(mark), field=field)


def _even(text: str) -> str:
    """One Unicode form, nothing invisible, and letters that were spaced out put together again: "M Ậ T"."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    text = text.replace("_", " ")
    return _SPACED.sub(lambda found: _closed(found[0]), text)


def _closed(spaced: str) -> str:
    letters = "".join(_WORD.findall(spaced))
    if letters.upper() not in {*_PLAIN, *_JOINED, "TOIMAT"}:
        return spaced
    return letters if letters.isascii() else letters.upper()  # nobody spaces out a word of a sentence


def _marks(line: str) -> list[_Mark]:
    words = tuple(_WORD.finditer(line))
    found = []
    for at, word in enumerate(words):
        upper = word[0].upper()
        if upper in _JOINED:
            found.append(_Mark(line, words, at, at))
        elif upper in _PLAIN:
            led = at > 0 and words[at - 1][0].upper() in _HIGHER
            found.append(_Mark(line, words, at - led, at))
    return found


def _is_mark(mark: _Mark) -> bool:
    text = mark.text
    loud, capital = text.isupper(), text[:1].isupper()
    alone = not any(c.isalpha() for c in mark.left + mark.right)
    if _LEVEL.search(mark.left):
        return True
    if alone:
        return loud or (mark.signed and (capital or mark.higher)) or text.upper().split()[0] in _SURE
    if mark.left[-1:] in tuple(_OPENING) and mark.right[:1] in tuple(_CLOSING):
        return loud or (mark.signed and capital)
    if mark.higher and mark.signed and capital and not mark.left and mark.right[:1] in tuple(":.–—-/"):
        return True
    if not loud:
        return False
    return _stands_out(mark) if mark.signed else text.split()[0] in _SURE or _named(mark)


def _named(mark: _Mark) -> bool:
    """ "TÀI LIỆU MẬT": the words before say what is marked."""
    before = " ".join(word[0].upper() for word in mark.words[max(mark.first - 2, 0) : mark.first])
    return before in _NAMED


def _stands_out(mark: _Mark) -> bool:
    """In capitals within a line: a stamp beside other capitals or at an edge, not a word of a sentence."""
    if _is_another_word(mark):
        return False
    before = mark.beside(-1)
    if before and mark.left[-1:] not in tuple(":.=–—-/"):
        return not any(c.islower() for c in before)
    after = mark.beside(1)
    return not after or mark.right[:1] in tuple(":.–—-/") or not after[:1].islower()


def _is_another_word(mark: _Mark) -> bool:
    if mark.higher:
        return False
    before = mark.words[mark.first - 1][0].upper() if mark.first else ""
    after = mark.words[mark.last + 1][0].upper() if mark.last + 1 < len(mark.words) else ""
    joined = mark.left[-1:].isalpha() or mark.left[-1:] in tuple("-")
    follows = mark.right[:1].isalpha() or mark.right[:1] in tuple("-")
    return (before in _BEFORE and joined) or (after in _AFTER and follows)


def _names_it(mark: _Mark) -> bool:
    text = mark.text.upper()
    if _is_another_word(mark):
        return False
    if mark.signed or mark.higher or _named(mark):
        return True
    edge = mark.first == 0 or mark.last == len(mark.words) - 1
    return mark.text.isupper() and edge and text == "MAT"
