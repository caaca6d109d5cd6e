"""What tests of the project share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from meetings.models import ThematicPaper
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def leaving(demonstration: Callable[[date], Any], monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """The demonstration's cell, with a file attached. What a sealed paper looks like is another test's question."""
    monkeypatch.setattr("chibo.leaving.export.pdf_of", lambda paper: f"%PDF- {paper.fingerprint}".encode())
    monkeypatch.setattr("chibo.leaving.export.to_docx", lambda document, proof: f"PK {document.name}".encode())
    demonstration(date(2026, 11, 23))
    cell = Organisation.objects.cells().get(name="Chi bộ Văn phòng")
    paper = ThematicPaper.objects.filter(meeting__cell=cell).first()
    assert paper is not None
    paper.file.save("chuyên đề.pdf", ContentFile(b"%PDF-1.7 abc"), save=False)
    ThematicPaper.objects.filter(pk=paper.pk).update(file=paper.file.name)
    return cell
