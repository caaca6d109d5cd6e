"""What may be fixed by a document: each subject says how it is asked, judged and said. Apps register their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.forms import Field

    from members.models import Organisation
    from rulings.models import Ruling


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds where nobody has fixed anything, and on what that rests, with how sure we are of it."""

    words: str
    source: str


class Group(StrEnum):
    """The headings of the page, in their order."""

    MEETINGS = "Sinh hoạt chi bộ"
    CRITIQUE = "Tự phê bình và phê bình"
    LEVELS = "Xếp loại chất lượng"
    PAPER = "Trình bày giấy tờ"
    DATA = "Dữ liệu trong phần mềm"


class Subject:
    """One thing that an organisation may fix for itself and everything below it."""

    group: Group  # heading under which the page lists it
    hint = ""  # beside the form
    layout: tuple[Any, ...] = ()  # of the form's own fields; all in their order where it is empty
    is_text = False  # a long text is typed
    several = False  # more than one ruling may hold on one day, each for other cells
    has_sample = False  # a page can be looked at before it is fixed
    from_above = False  # a cell may fix it only where no committee above it has
    later_replaces = False  # a later ruling takes the place of an earlier one that nobody has ended

    def __init__(self, key: str, title: str) -> None:
        self.key, self.title = key, title

    def fields(self) -> dict[str, Field]:
        """What the form asks for beside the document; `value` of a ruling has these names."""
        return {}

    def tried(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """What a page to look at is made with; nothing where what was typed is none of it."""
        return {}

    def start(self) -> dict[str, Any]:
        """With what the form begins."""
        return {}

    def judge(self, ruling: Ruling) -> None:
        """Bring `ruling.value` into its one shape; Refused, at its field, where it cannot be."""

    def words(self, ruling: Ruling) -> str:
        """What is fixed, as a person says it."""
        raise NotImplementedError

    def lines(self, ruling: Ruling) -> list[tuple[str, int]]:
        """A sheet of points line by line; nothing for other subjects."""
        return []

    def usual(self, organisation: Organisation, day: date) -> Usual:
        raise NotImplementedError

    def collide(self, one: Ruling, other: Ruling) -> bool:
        """Whether both would hold on one day."""
        return one.starts_on == other.starts_on if self.later_replaces else not other.is_over(one.starts_on)


SUBJECTS: dict[str, Subject] = {}


def register(*subjects: Subject) -> None:
    """At the start of an app; the page lists them in this order."""
    SUBJECTS.update({subject.key: subject for subject in subjects})


def subject_of(key: str) -> Subject:
    """Refused for what nobody below the centre may fix."""
    if key not in SUBJECTS:
        raise Refused("Cấp uỷ không quy định riêng việc này.", field="subject")
    return SUBJECTS[key]


def grouped() -> Mapping[str, list[Subject]]:
    return {group.value: [one for one in SUBJECTS.values() if one.group is group] for group in Group}
