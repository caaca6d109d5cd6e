"""Print and Word file beside each other: what the table of `make sample` tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chibo.demo.beside import beside
from documents.pdf import _pages
from documents.style import Look

if TYPE_CHECKING:
    from pathlib import Path

    from documents.model import Document


def test_a_paper_beside_itself_is_nowhere_apart(sample: Document, sample_pdf: bytes, tmp_path: Path) -> None:
    one = tmp_path / "one.pdf"
    one.write_bytes(sample_pdf)
    found = beside(sample, one, one)
    assert (found.pages == found.pages_in_word > 1, found.head, found.rule, found.signatures) == (True, 0, 0, 0)


def test_what_stands_elsewhere_is_told_in_millimetres(sample: Document, sample_pdf: bytes, tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    one.write_bytes(sample_pdf)
    other.write_bytes(_pages(replace(sample, look=Look(line_pt=20, party_name_pt=14)), None))
    found = beside(sample, one, other)
    assert found.head == pytest.approx(2.8, abs=0.5)  # four lines of 2 pt below the first
    assert found.rule == pytest.approx(2.4, abs=0.4)
