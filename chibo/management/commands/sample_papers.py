"""Write the demonstration's papers to build/sample/, under the guideline and format of today and of 2024."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from chibo.demo.build import build
from documents.pdf import font_problem, to_pdf
from guideline import rulebook as rulebooks
from meetings import rules
from meetings.actions.minutes import paper_of
from meetings.exchanged import exchanged
from meetings.models import Meeting
from meetings.papers import build_exchange, build_notice
from meetings.papers.guideline import build_guideline
from meetings.papers.programme import build_programme
from meetings.papers.score import build_score
from meetings.year import Year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.model import Document
    from members.models import Organisation


class Command(BaseCommand):
    help = (
        "Renders the papers of the demonstration cell (notices, minutes, score sheets, the year's programme, the "
        "guideline as it applies) as PDF, and as PNG where pdftoppm is found."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BUILD / "sample"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for day in (timezone.localdate(), date(2024, 11, 20)):
            self._write(folder, day)
        problem = font_problem()
        if problem:
            self.stderr.write(problem)

    def _write(self, folder: Path, today: date) -> None:
        """Inside a transaction that is rolled back: whatever is in the database stays as it was."""
        with transaction.atomic():
            stage = build(password=secrets.token_urlsafe(), today=today, prefix=f"mau{today.year}-")
            for paper in _papers(stage.cell, today):
                path = folder / f"{paper.name}.pdf"
                path.write_bytes(to_pdf(paper))
                self._picture(path)
                self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
            transaction.set_rollback(True)

    def _picture(self, path: Path) -> None:
        tool = shutil.which("pdftoppm")
        if tool:
            subprocess.run([tool, "-png", "-r", "96", str(path), str(path.with_suffix(""))], check=True)  # noqa: S603


def _papers(cell: Organisation, today: date) -> Iterator[Document]:
    """Whatever the cell could print that day."""
    for meeting in Meeting.objects.with_people().filter(cell=cell):
        yield build_notice(meeting)
        if meeting.opened_at:
            yield paper_of(meeting)
        if hasattr(meeting, "exchange"):
            yield build_exchange(meeting, exchanged(meeting, dict(paper_of(meeting).parts())))
        if sheet := getattr(meeting, "score", None):
            yield build_score(sheet)
    for programme in cell.programmes.all():
        yield build_programme(Year.of(programme))
    key = rulebooks.in_force(today).key
    yield build_guideline(cell, today, rules.rulebook_in(cell, key, today), rules.criteria_for(cell, key, today))
