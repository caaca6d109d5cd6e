"""How an organisation has its papers set and worded where sources disagree; what is settled comes from above."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, Literal, ParamSpec, TypeVar, cast

from django.utils import timezone

from documents.model import Block, Column, Document, Recipients, Signature, Signatures, Table, Title
from documents.style import AS_USUAL, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from members.models import Organisation

Spelling = Literal["uỷ", "ủy"]
CELL, COMMITTEE = "T/M CHI BỘ", "T/M CHI UỶ"


@dataclass(frozen=True, slots=True)
class House:
    """`look` goes into the paper; the others are read while it is written."""

    look: Look = AS_USUAL
    behalf: str = CELL  # on whose behalf a paper of the cell is signed
    chair_left: bool = False
    dated: bool = True  # minutes have the line of place and day
    spelling: Spelling = "uỷ"

    @property
    def words(self) -> tuple[object, ...]:
        """What a paper's text depends on."""
        return (self.behalf, self.chair_left, self.dated, self.spelling)


#: What holds in an organisation, by day. The app that keeps it puts itself here when the program starts.
SETTLED: list[Callable[[Organisation], Callable[[date], House]]] = []

USUAL: Final = House()
_NOW: ContextVar[House] = ContextVar("house", default=USUAL)
Asked = ParamSpec("Asked")
Of = TypeVar("Of")
Made = TypeVar("Made", bound="Document | None")


def house() -> House:
    """Of the paper that is being written."""
    return _NOW.get()


def own(words: str) -> str:
    """Words of ours, spelled as the house spells. What people typed and how they are called never comes in here."""
    if house().spelling == "uỷ":
        return words
    return words.replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("UỶ", "ỦY")


@contextmanager
def writing_as(one: House) -> Iterator[None]:
    token = _NOW.set(one)
    try:
        yield
    finally:
        _NOW.reset(token)


def in_house_style(build: Callable[Concatenate[Of, Asked], Made]) -> Callable[Concatenate[Of, Asked], Made]:
    """A builder whose first argument is an organisation or has a `cell`: by what holds there on the paper's day.

    One query. That day is known when the paper is written, so it is written as of today; again, where on its day
    other words were settled.
    """

    @wraps(build)
    def built(of: Of, *args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        on = settled(of)

        def written(one: House) -> Made:
            with writing_as(one):
                return build(of, *args, **kwargs)

        today = on(timezone.localdate())
        made = written(today)
        if made is None:
            return made
        then = on(made.day)
        if then.words != today.words:
            made = written(then)
        return cast("Made", dressed(cast("Document", made), then))

    return built


def dressed(made: Document, one: House) -> Document:
    """With its look, and what nobody types (posts, names of columns, recipients) in the spelling of the house."""
    with writing_as(one):
        return replace(made, look=one.look, blocks=tuple(map(_spelled, made.blocks)))


def settled(of: Any) -> Callable[[date], House]:
    """By day, for an organisation or what has a `cell`. One query, when it is called."""
    organisation = getattr(of, "cell", of)
    return SETTLED[0](organisation) if SETTLED else lambda _day: USUAL


def _spelled(block: Block) -> Block:
    if house().spelling == "uỷ":
        return block
    match block:
        case Title():
            return replace(block, kind=own(block.kind))
        case Table():
            return replace(block, columns=tuple(map(_column, block.columns)))
        case Signatures():
            to = block.recipients
            return Signatures(_signature(block.left), _signature(block.right), to and _recipients(to))
    return block


def _column(one: Column) -> Column:
    return replace(one, title=own(one.title))


def _signature(one: Signature | None) -> Signature | None:
    return one and replace(one, role_lines=tuple(map(own, one.role_lines)))


def _recipients(one: Recipients) -> Recipients:
    return replace(one, items=tuple(map(own, one.items)), file_copy=own(one.file_copy))
