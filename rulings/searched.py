"""What of rulings is found by words: what is fixed, by which document; on the page where it holds for the finder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from documents.named import kinds_in
from rulings.subjects import SUBJECTS
from search.kinds import Group, Searched

if TYPE_CHECKING:
    from members.models import User
    from rulings.models import Ruling


def _said(row: Ruling) -> tuple[str, ...]:
    about = SUBJECTS[row.subject]
    lines = (line for line, _ in about.lines(row))
    return (about.title, about.words(row), *lines, row.document)


def _opens(row: Ruling, user: User) -> str:
    """What a committee has fixed stands on the page of each cell below it."""
    below = (post.organisation_id for post in user.tenures if row.organisation_id in post.organisation.above_ids)
    own = next((pk for pk in below if pk in user.cell_ids), row.organisation_id)
    return reverse("ruling-list", args=[own], fragment=f"ruling-{row.pk}")


def _about(row: Ruling) -> str:
    return f"{SUBJECTS[row.subject].title}, {row.source}"


SEARCHED = Searched(
    "ruling",
    Group.DOCUMENTS,
    "Quy định của cấp uỷ",
    "rulings.Ruling",
    "rule.see",
    reads=("subject", "value", "document", "document_date"),
    words=_said,
    called=lambda row: kinds_in(row.document),
    settled=lambda row: row.subject in SUBJECTS,
    only=lambda rows: rows.filter(subject__in=SUBJECTS),
    opens=_opens,
    about=_about,
    day=lambda row: row.document_date,
    beside=("organisation",),
)
