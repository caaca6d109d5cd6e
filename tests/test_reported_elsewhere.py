"""What public bug reports of comparable systems led us to: each test says what is right here."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import ThematicPaper
from tests.factories import make_cell, new_key

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import Cast

# --- Order and search ---------------------------------------------------------------------------


def test_cells_stand_in_vietnamese_order(cast: Cast, as_user: Any) -> None:
    for name in ("Chi bộ Đội xe", "Chi bộ Tổ dân phố 10", "Chi bộ Ấp Bắc"):
        make_cell(cast.ward, name=name)
    shown = [str(cell) for cell in as_user(cast.phuc).get("/inspections/").context["cells"]]
    assert shown == [
        "Chi bộ Ấp Bắc",
        "Chi bộ Đội xe",
        "Chi bộ Tổ dân phố 5",
        "Chi bộ Tổ dân phố 10",
        "Chi bộ Văn phòng",
    ]


@pytest.mark.parametrize("typed", ["đỗ", "ĐỖ VĂN", unicodedata.normalize("NFD", "Đỗ Văn"), "do van son", "ÐỖ"])
def test_the_administrator_finds_a_name_however_it_is_typed(cast: Cast, as_user: Any, typed: str) -> None:
    page = as_user(cast.admin).get("/quan-tri/members/member/", {"q": typed})
    assert [str(member) for member in page.context["cl"].queryset] == ["Đỗ Văn Sơn"]


@pytest.mark.parametrize("typed", ["tổ dân phố", "TO DAN PHO 5", unicodedata.normalize("NFD", "Tổ dân")])
def test_the_superior_committee_finds_a_cell_however_it_is_typed(cast: Cast, as_user: Any, typed: str) -> None:
    page = as_user(cast.phuc).get("/inspections/", {"cell": typed})
    assert [cell.name for cell in page.context["cells"]] == ["Chi bộ Tổ dân phố 5"]


# --- A Mac's file name --------------------------------------------------------------------------


def test_a_files_name_is_of_one_unicode_form(cast: Cast, planned: Meeting, as_user: Any) -> None:
    name = unicodedata.normalize("NFD", "Chuyên đề.pdf")
    sent = {"file": SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF"), "not_secret": "on", "key": new_key()}
    as_user(cast.tuan).post(f"/meetings/{planned.pk}/paper/edit/", sent)
    assert ThematicPaper.objects.get(meeting=planned).file_name == "Chuyên đề.pdf"
