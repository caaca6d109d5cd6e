"""Papers over HTTP: named, never cached, never taken for something else."""

import pytest

from documents.http import pdf_response
from documents.model import Document


@pytest.mark.parametrize(("download", "disposition"), [(False, "inline"), (True, "attachment")])
def test_a_paper_leaves_under_its_own_name_and_is_kept_by_no_cache(
    sample: Document, sample_pdf: bytes, download: bool, disposition: str
) -> None:
    response = pdf_response(sample, download=download)
    assert response.status_code == 200
    assert response.content == sample_pdf
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'{disposition}; filename="bien-ban-chuyen-de-2026-12-05.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
