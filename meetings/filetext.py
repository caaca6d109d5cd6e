"""What is in an attached Word file: read by a parser of XML, part for part, and refused where it would act by itself.

A parser, for markup can be written in more ways than a pattern sees; declarations of its own are refused, and so is
what no Office program writes. Of the words, only a mark of secrecy is looked for: whoever attaches a file declares
that it holds no state secret, and that tick is the gate; this reading only catches a mistake. A PDF is not looked into
for words: these can be written in too many ways to say anything from not finding them.
"""

from __future__ import annotations

import re
import zipfile
from typing import NoReturn
from xml.parsers import expat

from meetings.active import EMBEDDED, LOCKED, MACROS, OUTSIDE, UNREADABLE
from members.refusal import Refused

MOST = 8 * 1024 * 1024  # bytes of markup; four hundred pages of text are about one, with ten times as many signs
MOST_LISTS = 2 * 1024 * 1024  # of it in the lists of parts and links
MOST_TAGS = 300_000
MOST_WORDS = 1_000_000  # letters; in one paragraph MOST_OF_ONE
MOST_OF_ONE = 50_000
MOST_MARKS = 3_000  # words that could be a mark; a text about secrets has some hundreds
MOST_NESTED = 200  # fields in one another
TOO_LONG = "Phần chữ của tệp Word này quá lớn nên không xem hết được. Xin tách thành nhiều tệp, hoặc lưu thành PDF."

_MARK = re.compile(r"m.{0,3}[aâậ\u0302\u0323].{0,3}t", re.IGNORECASE)
_MACRO_TYPES = ("vbaproject", "macroenabled", "vbadata", "keymapcustomizations")
_EMBEDDED_TYPES = ("oleobject", "activex", "package", "afchunk", "control")
_EMBEDDED_CONTENT = ("oleobject", "activex", "afchunk")
_NOT_MARKUP = frozenset({"image", "thumbnail", "font", "hyperlink", "origin", "customxml"})
_LINK_KEYS = frozenset({"Id", "Type", "Target", "TargetMode"})
_ENDS_LINE = frozenset({"p", "br", "title", "subject", "description", "keywords", "category"})
_DRAWN = frozenset({"imagedata", "fill", "stroke", "image"})
# What only counts, dates, numbers or refers inside the file; a link is clicked by somebody.
_KNOWN_FIELDS = (
    "= ADDIN ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMMENTS COMPARE CREATEDATE "
    "DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FORMCHECKBOX FORMDROPDOWN "
    "FORMTEXT HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD NOTEREF NUMCHARS NUMPAGES "
    "NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SHAPE STYLEREF "
    "SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE"
)
_FIELDS = frozenset(_KNOWN_FIELDS.split())
_CODE = re.compile(r"(=|[A-Za-z]+(?=[\s\\\"]|$))")
_COMPUTED = "\x00"  # where another field stands in the name of a field


def read_word(archive: zipfile.ZipFile) -> str:
    """The words, every paragraph of body, header, footer and notes on a line of its own; text boxes too.

    Refused with the reason: macros under any name, embedded objects, templates, parts and fields that fetch from
    elsewhere or call a program; and where it is more than can be looked at.
    """
    _judge_names(archive)
    found, left, tags, lists = [], MOST, MOST_TAGS, MOST_LISTS
    for part in archive.infolist():
        name = part.filename.lower()
        if not name.endswith((".rels", ".xml")):
            continue
        with archive.open(part) as stream:
            data = stream.read(left + 1)
        left, tags = left - len(data), tags - data.count(b"<")
        is_list = name.endswith(".rels") or name == "[content_types].xml"
        lists -= len(data) if is_list else 0
        if left < 0 or tags < 0 or lists < 0:
            raise Refused(UNREADABLE if is_list else TOO_LONG, field="file")
        reading = _Links(name) if is_list else _Words()
        reading.read(data)
        if isinstance(reading, _Words) and name.startswith(("word/", "docprops/")):
            found.append("".join(reading.words))
    text = "\n".join(found)
    too_long = len(text) > MOST_WORDS or any(len(line) > MOST_OF_ONE for line in text.split("\n"))
    if too_long or sum(1 for _ in _MARK.finditer(text)) > MOST_MARKS:
        raise Refused(TOO_LONG, field="file")
    return text


def _judge_names(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(LOCKED, field="file")
    if len(names) != len({*names}) or any(name.endswith(".piece") for name in names):
        raise Refused(UNREADABLE, field="file")  # two parts of one name: who opens it may see another one
    if any("vba" in name.rsplit("/", 1)[-1] for name in names):
        raise Refused(MACROS, field="file")
    if any(name.startswith(("word/embeddings/", "word/activex/")) or name.endswith(".bin") for name in names):
        raise Refused(EMBEDDED, field="file")


class _Part:
    """One part of the file through the parser, once."""

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size = True, 1 << 16
        parser.StartDoctypeDeclHandler = _odd  # names of its own: no Office program declares any
        parser.XmlDeclHandler = _declared
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.say
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise Refused(UNREADABLE, field="file") from None
        self.done()

    def begin(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def say(self, text: str) -> None:
        """Text between the tags."""

    def done(self) -> None:
        """The part was read to its end."""


def _odd(*_: object) -> NoReturn:
    raise Refused(UNREADABLE, field="file")


def _declared(_: str, encoding: str | None, __: int) -> None:
    if (encoding or "utf-8").lower() not in ("utf-8", "utf-16", "us-ascii"):
        _odd()


class _Links(_Part):
    """A list of the file's parts and kinds, or of what a part leads to."""

    def __init__(self, name: str) -> None:
        self.is_first = name == "_rels/.rels"

    def begin(self, tag: str, given: dict[str, str]) -> None:
        local = tag.rpartition(":")[2].lower()
        own = {name: value for name, value in given.items() if name != "xmlns" and not name.startswith("xmlns:")}
        if local == "relationship":
            self._judge(own)
            return
        content = " ".join(own.values()).lower()
        if any(kind in content for kind in _MACRO_TYPES):
            raise Refused(MACROS, field="file")
        if any(kind in content for kind in _EMBEDDED_CONTENT):
            raise Refused(EMBEDDED, field="file")

    def _judge(self, own: dict[str, str]) -> None:
        kind, target, mode = own.get("Type", ""), own.get("Target", ""), own.get("TargetMode", "Internal")
        last = kind.rpartition("/")[2].lower()
        if any(word in last for word in _MACRO_TYPES):
            raise Refused(MACROS, field="file")
        if not {*own} <= _LINK_KEYS or mode not in ("Internal", "External"):
            raise Refused(UNREADABLE, field="file")
        if mode == "External" and not kind.endswith("/relationships/hyperlink"):
            raise Refused(OUTSIDE, field="file")
        if any(word in last for word in _EMBEDDED_TYPES):
            raise Refused(EMBEDDED, field="file")
        elsewhere = self.is_first and last == "officedocument" and target.lstrip("/") != "word/document.xml"
        if elsewhere or (mode == "Internal" and last not in _NOT_MARKUP and not target.lower().endswith(".xml")):
            raise Refused(UNREADABLE, field="file")  # markup under a name that is not looked into


class _Words(_Part):
    """Words, line by line, and the fields among them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.inside = ""  # the innermost element's own name
        self.fields: list[list[str]] = []  # the codes of the open fields, each in pieces
        self.telling: list[bool] = []  # whether the field is still at its code
        self.loose: list[str] = []  # codes outside of any field

    def begin(self, tag: str, given: dict[str, str]) -> None:
        self.inside = local = tag.rpartition(":")[2]
        if local in _ENDS_LINE:
            self.words.append("\n")
        elif local == "tab":
            self.words.append("\t")
        elif local in ("fldChar", "fldSimple"):
            told = {name.rpartition(":")[2]: value for name, value in given.items()}
            if local == "fldSimple":
                _judge_field(told.get("instr", ""))
            else:
                self._field(told.get("fldCharType", ""))
        elif local in _DRAWN:
            if any(
                name.rpartition(":")[2] in ("src", "href") and re.search(r"//|\\\\|:", value)
                for name, value in given.items()
                if not name.startswith("xmlns")
            ):
                raise Refused(OUTSIDE, field="file")
        elif local == "mailMerge":
            raise Refused(OUTSIDE, field="file")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            if self.fields and self.telling[-1]:
                self.fields[-1].append(_COMPUTED)
            self.fields.append([])
            self.telling.append(True)
            if len(self.fields) > MOST_NESTED:
                raise Refused(UNREADABLE, field="file")
        elif kind == "separate" and self.fields:
            self.telling[-1] = False
        elif kind == "end" and self.fields:
            self.telling.pop()
            _judge_field("".join(self.fields.pop()))

    def end(self, tag: str) -> None:
        self.inside = ""
        if tag.rpartition(":")[2] in _ENDS_LINE:
            self.words.append("\n")

    def say(self, text: str) -> None:
        self.words.append(text.replace("\n", " "))
        if self.fields and self.telling[-1] and self.inside in ("instrText", "delInstrText", "t", "delText"):
            self.fields[-1].append(text)
        elif self.inside in ("instrText", "delInstrText"):
            self.loose.append(text)

    def done(self) -> None:
        for code in (*self.fields, self.loose):
            _judge_field("".join(code))


def _judge_field(code: str) -> None:
    """By its name, which stands there in letters; with none it does nothing."""
    named = _CODE.match(code := code.strip(" \t\r\n\u00a0"))
    if code and (named is None or named[1].upper() not in _FIELDS):
        raise Refused(OUTSIDE, field="file")
