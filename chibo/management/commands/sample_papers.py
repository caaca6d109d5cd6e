"""Write the demonstration's papers to build/sample/, under the guideline and format of today and of 2024."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from chibo.demo.build import build
from chibo.demo.papers import complete, papers_of
from documents.docx import to_docx
from documents.pdf import font_problem, to_pdf


class Command(BaseCommand):
    help = (
        "Renders every kind of paper of the demonstration cell (of its meetings, its year, its review, its people) "
        "as PDF and as a Word file, and as PNG where pdftoppm is found."
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
            complete(stage)
            for paper in papers_of(stage.cell, today):
                path = _free(folder, paper.document.name)
                path.write_bytes(to_pdf(paper.document, paper.proof))
                path.with_suffix(".docx").write_bytes(to_docx(paper.document, paper.proof))
                self._picture(path)
                self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
            transaction.set_rollback(True)

    def _picture(self, path: Path) -> None:
        tool = shutil.which("pdftoppm")
        if tool:
            subprocess.run([tool, "-png", "-r", "96", str(path), str(path.with_suffix(""))], check=True)  # noqa: S603


def _free(folder: Path, name: str) -> Path:
    """Papers of several people have one name: the second is counted."""
    path, number = folder / f"{name}.pdf", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.pdf"
    return path
