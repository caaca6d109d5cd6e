"""Papers over HTTP: named, never cached, never taken for something else."""

from dataclasses import replace

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from documents import sealed
from documents.docx import to_docx
from documents.http import WORD, paper_response
from documents.model import Document, to_json
from documents.proof import Proof
from documents.sealed import rendered, rendered_once

PRINT = RequestFactory().get("/minutes.pdf")
IN_WORD = RequestFactory().get(f"/minutes.pdf?{WORD}")


@pytest.mark.parametrize(("download", "disposition"), [(False, "inline"), (True, "attachment")])
def test_a_paper_leaves_under_its_own_name_and_is_kept_by_no_cache(
    sample: Document, sample_pdf: bytes, download: bool, disposition: str
) -> None:
    response = paper_response(PRINT, sample, download=download)
    assert response.status_code == 200
    assert response.content == sample_pdf
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'{disposition}; filename="bien-ban-chuyen-de-2026-12-05.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


def test_in_word_it_is_the_same_paper_and_always_a_download(sample: Document) -> None:
    response = paper_response(IN_WORD, sample)
    assert response.content == to_docx(sample)
    assert dict(response.items()) == {
        "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Content-Disposition": 'attachment; filename="bien-ban-chuyen-de-2026-12-05.docx"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


def test_a_sealed_paper_says_in_word_what_it_says_in_print(sample: Document) -> None:
    proof = Proof("a1b2-c3d4", 7, "https://chibo.example/book")
    response = paper_response(IN_WORD, rendered_once(to_json(sample)).proved(proof))
    assert response.content == to_docx(sample, proof)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the papers that were written as PDF, in turn."""
    names: list[str] = []
    caches["papers"].clear()
    rendered_once.cache_clear()
    monkeypatch.setattr(sealed, "to_pdf", lambda paper, proof: names.append(paper.name) or f"PDF of {paper}".encode())
    return names


def test_a_sealed_paper_is_written_once_and_its_bytes_stay_the_same(sample: Document, written: list[str]) -> None:
    first, again = (paper_response(PRINT, rendered_once(to_json(sample))).content for _ in range(2))
    assert (first == again, written) == (True, [sample.name])


def test_what_is_not_sealed_is_written_each_time_and_kept_nowhere(sample: Document, written: list[str]) -> None:
    for _ in range(2):
        paper_response(PRINT, rendered(sample))
    assert written == [sample.name] * 2
    paper_response(PRINT, rendered_once(to_json(sample)))
    assert len(written) == 3


def test_one_letter_more_is_another_paper(sample: Document, written: list[str]) -> None:
    other = replace(sample, name=f"{sample.name}-2")
    one, two = (paper_response(PRINT, rendered_once(to_json(paper))).content for paper in (sample, other))
    assert (one == two, written) == (False, [sample.name, other.name])


def test_another_version_of_the_writer_writes_anew(
    sample: Document, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_response(PRINT, rendered_once(to_json(sample)))
    monkeypatch.setattr(sealed, "writer", lambda: "later")
    paper_response(PRINT, rendered_once(to_json(sample)))
    assert len(written) == 2
