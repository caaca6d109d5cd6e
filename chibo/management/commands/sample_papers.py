"""Write the demonstration's papers to build/sample/, under the guideline and format of today and of 2024."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from book.volume import file_name, write
from chibo.demo.beside import beside, in_office
from chibo.demo.build import build
from chibo.demo.papers import book_of, complete, papers_of
from documents.docx import to_docx_at_leisure
from documents.pdf import font_problem, to_pdf_at_leisure

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from chibo.demo.beside import Beside
    from documents.model import Document
    from members.models import Organisation


class Command(BaseCommand):
    help = (
        "Renders every kind of paper of the demonstration cell (of its meetings, its year, its review, its people) "
        "as PDF and as a Word file, and as PNG where pdftoppm is found; papers.md compares print and Word file where "
        "LibreOffice (soffice) is found as well."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--one-of-each", action="store_true", help="of each kind and day only the first paper")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BUILD / "sample"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        days = (timezone.localdate(), date(2024, 11, 20))
        written = [one for day in days for one in self._write(folder, day, one_of_each=options["one_of_each"])]
        self._compare(folder, written)
        problem = font_problem()
        if problem:
            self.stderr.write(problem)

    def _write(self, folder: Path, today: date, *, one_of_each: bool) -> list[tuple[Path, Document]]:
        """Inside a transaction that is rolled back: whatever is in the database stays as it was."""
        written: list[tuple[Path, Document]] = []
        with transaction.atomic():
            stage = build(password=secrets.token_urlsafe(), today=today, prefix=f"mau{today.year}-")
            complete(stage)
            kinds: set[str] = set()
            for paper in papers_of(stage.cell, today):
                kind = re.sub(r"\d+", "", paper.document.name)
                if one_of_each and kind in kinds:
                    continue
                kinds.add(kind)
                path = _free(folder, paper.document.name)
                path.write_bytes(to_pdf_at_leisure(paper.document, paper.proof, _unheard))
                path.with_suffix(".docx").write_bytes(to_docx_at_leisure(paper.document, paper.proof, _unheard))
                self._picture(path)
                written.append((path, paper.document))
                self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
            self._bind(folder, stage.cell)
            transaction.set_rollback(True)
        return written

    def _bind(self, folder: Path, cell: Organisation) -> None:
        """The year's book, which is bound from prints and is no Word file."""
        bound = book_of(cell)
        if bound is not None:
            path = _free(folder, file_name(bound))
            path.write_bytes(write(bound, _unheard))
            self._picture(path)
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))

    def _compare(self, folder: Path, written: list[tuple[Path, Document]]) -> None:
        """A line for each paper; where a tool is missing it says that nothing was measured."""
        rows = ["| Paper | Format | Pages PDF | Pages DOCX | Head, mm | Rule, mm | Signatures, mm |", "|---" * 7 + "|"]
        with TemporaryDirectory() as name:
            there = Path(name)
            words = [path.with_suffix(".docx") for path, _ in written]
            measured = bool(shutil.which("pdftotext")) and bool(shutil.which("pdftoppm")) and in_office(words, there)
            for path, document in written:
                found = beside(document, path, there / path.name) if measured else None
                rows.append(f"| {path.stem} | {document.style().key} | {_told(found)} |")
        (folder / "papers.md").write_text("\n".join(rows) + "\n")

    def _picture(self, path: Path) -> None:
        tool = shutil.which("pdftoppm")
        if tool:
            subprocess.run([tool, "-png", "-r", "96", str(path), str(path.with_suffix(""))], check=True)  # noqa: S603


def _unheard(*_pages: int | None) -> None:
    """Nobody waits with a page open."""


def _told(found: Beside | None) -> str:
    if found is None:
        return " | ".join(["not measured"] * 5)
    far = (found.head, found.rule, found.signatures)
    return " | ".join(
        [str(found.pages), str(found.pages_in_word), *("–" if one is None else f"{one:.2f}" for one in far)]
    )


def _free(folder: Path, name: str) -> Path:
    """Papers of several people have one name: the second is counted."""
    path, number = folder / f"{name}.pdf", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.pdf"
    return path
