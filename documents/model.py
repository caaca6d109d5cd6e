"""Owns what is on a paper: blocks of text as frozen values, and their one canonical JSON."""

import hashlib
import json
import re
import types
import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from documents import style
from documents.chart import Chart

Align = Literal["left", "center", "right"]

DRAFT: Final = "DỰ THẢO"

_LABEL: Final = 160  # letters, two lines: what is longer may end a page
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PART = re.compile(r"[A-Za-z0-9_-]*")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; "\\n" is a line break in every rendering."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns on top; an empty number or place and day leaves its line out."""

    superior: str
    issuer: str
    number: str
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Title:
    """The type of document, its abstract line by line, and the five hyphens below."""

    kind: str
    abstract: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """`part` is the lasting key that a comment points at; `new_page`: what follows begins a page of its own."""

    text: str
    level: int = 1
    part: str = ""
    new_page: bool = False

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(f"a heading has level 1, 2 or 3, not {self.level}")
        if not _PART.fullmatch(self.part):
            raise ValueError(f"a part is named in letters, digits, - and _, not {self.part!r}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`keep`: stands on one page with the paragraph after it, where it is short."""

    runs: tuple[Run, ...]
    indent: bool = True
    keep: bool = False

    @property
    def is_label(self) -> bool:
        """Announces what comes next in a line or two, so that it is not parted from that."""
        words = _joined(self.runs).rstrip()
        return (self.keep or words.endswith(":")) and len(words) <= _LABEL


@dataclass(frozen=True, slots=True)
class Bullets:
    """Paragraphs that begin with a dash."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; together they are stretched or squeezed to the text's width."""

    title: str
    width: int
    align: Align = "left"

    def __post_init__(self) -> None:
        if self.width <= 0:
            raise ValueError(f"column {self.title!r} must have a width above 0 mm")


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False  # the last row adds up the others

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs a column")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, the table {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Signature:
    """`role_lines`: on whose behalf, then the post; `note` says how it was signed."""

    role_lines: tuple[str, ...]
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recipients:
    items: tuple[str, ...]
    file_copy: str = "Lưu chi bộ"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two halves; the left one holds either a signature or the recipients."""

    left: Signature | None
    right: Signature | None
    recipients: Recipients | None = None

    def __post_init__(self) -> None:
        if self.left and self.recipients:
            raise ValueError("the left half holds either a signature or the recipients")


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type at the end."""

    text: str


@dataclass(frozen=True, slots=True)
class Slips:
    """So many equal voting papers to be cut out, two side by side; nothing on one tells it from another."""

    count: int
    issuer: str
    occasion: str
    title: str
    question: str
    choices: tuple[str, ...]
    how: str

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("there must be a slip to cut out")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph with what it shows. `jpeg`: its bytes in base64; `width` and `height` in pixels, 96 to the inch."""

    jpeg: str
    width: int
    height: int
    caption: str

    def __post_init__(self) -> None:
        if not _BASE64.fullmatch(self.jpeg):
            raise ValueError("a picture is written in base64")
        if self.width < 1 or self.height < 1:
            raise ValueError("a picture has a width and a height")
        if not self.caption.strip():
            raise ValueError("a picture says what it shows, also to whoever does not see it")

    def size_mm(self, room: float) -> tuple[float, float]:
        """Width and height on paper: never larger than it is, no wider than the room, no higher than 100 mm."""
        wide, high = self.width * 25.4 / 96, self.height * 25.4 / 96
        scale = min(1.0, room / wide, style.PICTURE_MM / high)
        return wide * scale, high * scale


Block = Head | Title | Heading | Paragraph | Bullets | Table | Signatures | Note | Slips | Picture | Chart

_BLOCKS: Final[dict[str, type]] = {kind.__name__.lower(): kind for kind in get_args(Block)}


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is the file's stem; `day` picks the paper style; `mark` stands on every page of it, `foot` below each.

    `large`: in large print, for whom small letters are hard to read. `look`: what an organisation has settled of it.
    """

    name: str
    title: str
    day: date
    blocks: tuple[Block, ...]
    language: str = "vi"
    mark: str = ""
    large: bool = False
    look: style.Look = style.AS_USUAL
    foot: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"a file is named in letters, digits, . - and _, not {self.name!r}")
        keys = [key for key, _ in self.parts()]
        if len(keys) != len(set(keys)):
            raise ValueError("two headings of one document have the same part")

    def parts(self) -> tuple[tuple[str, str], ...]:
        """What a comment can point at: (part, heading text), in order."""
        return tuple((block.part, block.text) for block in self.blocks if isinstance(block, Heading) and block.part)

    def style(self) -> style.PaperStyle:
        found = style.in_force(self.day)
        return style.enlarged(found) if self.large else style.worn(found, self.look)


def bold(text: str) -> Run:
    return Run(text, bold=True)


def italic(text: str) -> Run:
    return Run(text, italic=True)


def para(*parts: str | Run, indent: bool = True, keep: bool = False) -> Paragraph:
    return Paragraph(_runs(parts), indent, keep)


def bullets(*items: str | Run | tuple[str | Run, ...]) -> Bullets:
    return Bullets(tuple(_runs(item if isinstance(item, tuple) else (item,)) for item in items))


def _runs(parts: tuple[str | Run, ...]) -> tuple[Run, ...]:
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def canonical_text(text: str) -> str:
    """Composed letters and "\\n": however it was typed, the same words are the same text."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def signers(document: Document) -> list[Signature]:
    """Who stands under a paper, from left to right."""
    blocks = [block for block in document.blocks if isinstance(block, Signatures)]
    return [half for block in blocks for half in (block.left, block.right) if half is not None]


# --- JSON -------------------------------------------------------------------------------


def to_json(document: Document) -> str:
    """One text for one document: composed letters, sorted keys, no spaces.

    Fields that hold their default are left out, so that a field added in later years does
    not change the fingerprint of a paper sealed today.
    """
    return json.dumps(_encode(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Document:
    """Raises ValueError on anything that is not exactly a document."""
    return cast(Document, _decode(Document, json.loads(text), "document"))


def fingerprint(document: Document) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def _encode(value: Any) -> Any:
    if isinstance(value, str):
        return canonical_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if not is_dataclass(value):
        return value
    kind = type(value).__name__.lower()
    written = {"block": kind} if kind in _BLOCKS else {}
    for field in fields(value):
        held = getattr(value, field.name)
        if held != field.default:
            written[field.name] = _encode(held)
    return written


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(hint: Any, value: Any, where: str) -> Any:
    origin, choices = get_origin(hint), get_args(hint)
    if hint == Block:
        kind = _BLOCKS.get(str(value.get("block"))) if isinstance(value, dict) else None
        if kind is None:
            raise ValueError(f"{where}: unknown block in {value!r:.80}")
        return _decode_fields(kind, {name: value[name] for name in value if name != "block"}, where)
    if origin in (Union, types.UnionType):
        (wanted,) = (choice for choice in choices if choice is not type(None))
        return None if value is None else _decode(wanted, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_decode(choices[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is Literal and value in choices:
        return value
    if is_dataclass(hint) and isinstance(value, dict):
        return _decode_fields(cast(type, hint), value, where)
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise ValueError(f"{where}: unexpected {value!r:.80}")


def _decode_fields(kind: type, value: dict[str, Any], where: str) -> Any:
    hints = _hints(kind)
    if unknown := set(value) - set(hints):
        raise ValueError(f"{where}: unknown key {min(unknown)!r}")
    for field in fields(kind):
        if field.default is MISSING and field.name not in value:
            raise ValueError(f"{where}: {field.name!r} is missing")
    return kind(**{name: _decode(hints[name], value[name], f"{where}.{name}") for name in value})


# --- Words ------------------------------------------------------------------------------


def plain_text(document: Document) -> str:
    """Every word on the paper but page numbers, in reading order, a line for each paragraph."""
    paper = document.style()
    lines = (line for block in document.blocks for line in _words(block, paper))
    return canonical_text("\n".join(line for line in (document.mark, *lines, document.foot) if line))


def _words(block: Block, paper: style.PaperStyle) -> Iterator[str]:
    match block:
        case Head():
            yield from (block.superior, block.issuer, style.STAR, block.number)
            yield from (style.PARTY_NAME, block.place_and_day)
        case Title():
            yield from (block.kind, *block.abstract, style.HYPHENS)
        case Heading() | Note():
            yield block.text
        case Paragraph():
            yield _joined(block.runs)
        case Bullets():
            yield from (style.DASH + _joined(item) for item in block.items)
        case Table():
            yield block.caption
            yield "\t".join(column.title for column in block.columns)
            yield from map("\t".join, block.rows)
        case Signatures():
            yield from _signed_words(block, paper)
        case Picture() | Chart():
            yield block.caption
            yield from (block.described(),) if isinstance(block, Chart) else ()
        case Slips():
            boxes = (f"{style.BOX} {choice}" for choice in block.choices)
            yield from (block.issuer, block.occasion, block.title, block.question, *boxes, block.how) * block.count


def _signed_words(block: Signatures, paper: style.PaperStyle) -> Iterator[str]:
    if block.recipients:
        yield style.RECIPIENTS_TITLE
        yield from paper.recipient_lines(block.recipients.items, block.recipients.file_copy)
    for signature in (block.left, block.right):
        if signature:
            yield from (*signature.role_lines, signature.note, signature.name)


def _joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
