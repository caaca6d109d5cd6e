"""What holds in a cell, the nearest body first: days off, the rhythm of checks, how long texts are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from critique.models import DayOff, Setting
from critique.models.keeping import Subject
from critique.official_forms.holidays import with_fixed

if TYPE_CHECKING:
    from members.models import Organisation

# No central document fixes when a remedy is looked at again; 30, 60 and 90 days come from a local model plan.
RHYTHM = (30, 60, 90)
RHYTHM_SOURCE = "mẫu địa phương"
# 06-HD/TW, mục 8: the member's dossier holds the self-reviews of the three latest years.
KEPT = 3
KEPT_SOURCE = "đề xuất theo 06-HD/TW, mục 8; chưa có quy định"
BOUNDS = {Subject.RETENTION: (1, 20), Subject.RHYTHM: (7, 365)}
MOST_CHECKS = 6


@dataclass(frozen=True, slots=True)
class Fixed:
    """Figures and where they come from; `by_document` is False for what we propose where nothing is fixed."""

    figures: tuple[int, ...]
    source: str
    by_document: bool


def days_off(organisation: Organisation) -> frozenset[date]:
    """Of this organisation and everything above it, with the statutory days. One query."""
    return with_fixed(DayOff.objects.reaching(organisation).values_list("day", flat=True))


def numbers(text: str) -> tuple[int, ...]:
    """ "30, 60, 90". ValueError on anything else."""
    return tuple(int(part) for part in text.split(",")) if text.strip() else ()


def setting_of(organisation: Organisation, subject: Subject, day: date) -> Setting | None:
    """The nearest organisation's, the newest of its settings. One query."""
    rows = Setting.objects.reaching(organisation).on(day).filter(subject=subject).select_related("organisation")
    found: Setting | None = rows.order_by("-organisation__path", "-starts_on", "-pk").first()
    return found


def rhythm_of(organisation: Organisation, day: date) -> Fixed:
    """After how many days a remedy is looked at again."""
    return _fixed(setting_of(organisation, Subject.RHYTHM, day), RHYTHM, RHYTHM_SOURCE)


def kept_of(organisation: Organisation, day: date) -> Fixed:
    """How many of each person's latest self-reviews keep their text; without a document nothing is ever due."""
    return _fixed(setting_of(organisation, Subject.RETENTION, day), (KEPT,), KEPT_SOURCE)


def basis_of(organisation: Organisation, day: date) -> str:
    """On what the cell's use of this program rests; empty as long as nobody has entered a document."""
    found = setting_of(organisation, Subject.BASIS, day)
    return said(found) if found else ""


def said(setting: Setting) -> str:
    return f"{setting.document} ngày {setting.document_date:%d/%m/%Y} của {setting.organisation}"


def _fixed(found: Setting | None, usual: tuple[int, ...], source: str) -> Fixed:
    return Fixed(numbers(found.figures), said(found), True) if found else Fixed(usual, source, False)
