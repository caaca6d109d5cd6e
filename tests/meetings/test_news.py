"""A news text about a meeting: proposed from the record, edited by a person, with photographs that tell no more."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.docx import write
from documents.model import Picture, plain_text
from documents.pdf import to_pdf
from documents.turn import turn
from meetings import photos
from meetings.actions import news as actions
from meetings.actions import outcomes
from meetings.models import Meeting, News, NewsPhoto, Outcome
from meetings.papers.news import TO_ADD, build_news
from members.refusal import Refused
from members.saving.actions import save_text
from tests.clicks_papers import png
from tests.factories import at, new_key, put_into
from tests.meetings.steps import close, fresh, item_of, refused, say
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

NOW = at("2026-12-04 08:00")


def who(cast: Cast) -> dict[str, Any]:
    return {"by": cast.account(cast.lan), "at": NOW}


def conclude(cast: Cast, meeting: Meeting, text: str) -> None:
    by, moment = cast.account(cast.lan), at("2026-12-03 20:00")
    made = outcomes.add_outcome(item_of(meeting), kind="conclusion", by=by, at=moment)
    Outcome.objects.filter(pk=made.pk).update(text=text)


@built_once
def closed(cast: Cast, opened: Meeting) -> Meeting:
    say(cast, opened, opened.attendances.get(member=cast.tuan), text="Tôi nhất trí với dự thảo.")
    conclude(cast, opened, "Phát huy dân chủ trong sinh hoạt.\nĐồng chí Lê Anh Tuấn cần sửa tác phong.")
    return close(cast, opened)


@built_once
def begun(cast: Cast, closed: Meeting) -> News:
    return actions.begin(closed, **who(cast))


def edit(cast: Cast, row: News, text: str = "Chi bộ đã bàn kỹ.") -> News:
    save_text("news", row, {"headline": "Sinh hoạt chuyên đề", "text": text}, base=row.rev, **who(cast))
    found: News = News.objects.select_related("meeting__cell").get(pk=row.pk)
    return found


def photo(data: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def add(cast: Cast, row: News, data: bytes, **more: Any) -> NewsPhoto:
    told = {"caption": "Quang cảnh buổi sinh hoạt", "agreed": True, **more}
    return actions.add_photo(row, file=photo(data), **told, **who(cast))


def test_the_proposal_has_the_facts_and_nobodys_name(cast: Cast, begun: News) -> None:
    assert begun.headline == "Chi bộ Văn phòng: sinh hoạt chuyên đề “Nâng cao chất lượng tự phê bình và phê bình”"
    first, *others = begun.text.split("\n")
    assert first.startswith("Ngày 03 tháng 12 năm 2026, tại Hội trường cơ quan, Chi bộ Văn phòng tổ chức")
    assert others == [
        "Có 1 đảng viên, đại biểu phát biểu ý kiến.",
        "Chi bộ thống nhất một số nội dung:",
        "- Phát huy dân chủ trong sinh hoạt.",
        TO_ADD,
    ]
    assert [one for one in (cast.tuan, cast.lan, cast.hoa) if one.full_name in begun.text] == []


def test_nothing_is_printed_or_copied_before_a_person_has_edited_it(
    cast: Cast, begun: News, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.http.to_pdf", lambda _paper: b"%PDF")
    lan, address = as_user(cast.lan), reverse("news-pdf", args=[begun.meeting_id])
    asked = [lan.get(address).status_code]
    half = edit(cast, begun, f"Đã sửa.\n{TO_ADD}")
    asked.append(lan.get(address).status_code)
    edit(cast, half)
    asked.append(lan.get(address).status_code)
    assert asked == [404, 404, 200]
    assert "Bản in (PDF)" in lan.get(reverse("news", args=[begun.meeting_id])).content.decode()


def test_a_conference_and_a_meeting_that_is_not_over_have_no_news(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    with refused("Buổi họp đang ở bước “Đã thông báo” nên không làm được việc này."):
        actions.begin(called, **who(cast))
    assert as_user(cast.lan).get(reverse("news", args=[called.pk])).status_code == 404
    Meeting.objects.filter(pk=called.pk).update(kind="conference")
    put_into("closed", pk=called.pk)
    with pytest.raises(Refused, match="Không viết tin"):
        actions.begin(fresh(called), **who(cast))


def test_a_photograph_keeps_its_pixels_upright_and_no_place(cast: Cast, begun: News) -> None:
    image, kept = Image.new("RGB", (4000, 1000), "red"), BytesIO()
    exif = image.getexif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "MayChup"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    image.save(kept, "JPEG", exif=exif, comment=b"Bi mat")
    made = add(cast, begun, kept.getvalue())
    with Image.open(BytesIO(made.jpeg)) as found:
        assert (found.size, dict(found.getexif()), found.info.get("comment")) == ((400, 1600), {}, None)
    assert (made.width, made.height, b"MayChup" in made.jpeg) == (400, 1600, False)


def bomb() -> bytes:
    """A PNG that says it has 100 megapixels; its head is looked at and nothing is unpacked."""
    kept = bytearray(png(1, 1))
    kept[16:24] = (10_000).to_bytes(4, "big") * 2
    kept[29:33] = zlib.crc32(bytes(kept[12:29])).to_bytes(4, "big")
    return bytes(kept)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp trống"),
        (b"khong phai anh", "không phải ảnh"),
        (b"%PDF-1.7", "không phải ảnh"),
        (png()[:40], "không phải ảnh"),
        (bomb(), "40 triệu điểm ảnh"),
    ],
)
def test_what_is_no_photograph_is_refused_with_the_reason(cast: Cast, begun: News, data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add(cast, begun, data)
    assert begun.photos.count() == 0


def test_a_gif_and_a_file_that_is_too_heavy_are_refused(
    cast: Cast, begun: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = BytesIO()
    Image.new("P", (8, 8)).save(kept, "GIF")
    with pytest.raises(Refused, match="không phải ảnh"):
        add(cast, begun, kept.getvalue())
    monkeypatch.setattr(photos, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="15 MB"):
        add(cast, begun, png())


def test_photographs_are_written_anew_one_after_another(
    cast: Cast, begun: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes the memory of a paper: several at once wait in the same line, and the form comes back."""
    monkeypatch.setattr("documents.turn.PATIENCE", 0)
    with turn(), pytest.raises(Refused, match="chờ vài giây"):
        add(cast, begun, png())
    add(cast, begun, png())


def test_two_photographs_at_most_each_agreed_to_and_taken_out_at_once(cast: Cast, begun: News) -> None:
    with pytest.raises(Refused, match="đồng ý"):
        add(cast, begun, png(), agreed=False)
    first = add(cast, begun, png())
    add(cast, begun, png())
    with pytest.raises(Refused, match="nhiều nhất 2 ảnh"):
        add(cast, begun, png())
    actions.remove_photo(NewsPhoto.objects.with_meeting().get(pk=first.pk), **who(cast))
    assert [add(cast, begun, png()).position, begun.photos.count()] == [1, 2]


def test_text_and_photographs_are_printed_and_written_to_word(cast: Cast, begun: News) -> None:
    add(cast, begun, png(300, 200), caption="Ảnh <b> & “quang cảnh”")
    row = edit(cast, begun, "Đoạn {{ một }}.\n<script>Đoạn hai.")
    paper = build_news(row, row.photos.all())
    (shown,) = [block for block in paper.blocks if isinstance(block, Picture)]
    assert (shown.caption, shown.size_mm(165)) == ("Ảnh <b> & “quang cảnh”", pytest.approx((79.375, 52.917), abs=0.01))
    assert "<script>Đoạn hai." in plain_text(paper)
    assert b"/Subtype /Image" in to_pdf(paper) or b"/Image" in to_pdf(paper)
    assert b"word/media/photo1.jpeg" in write(paper)


def test_the_form_comes_back_with_the_reason_and_a_page_leads_there(cast: Cast, begun: News, as_user: AsUser) -> None:
    hoa = as_user(cast.hoa)
    address = reverse("news-photo-add", args=[begun.meeting_id])
    answer = hoa.post(address, {"file": photo(b"x"), "caption": "Quang cảnh", "agreed": "on", "key": new_key()})
    page = answer.content.decode()
    assert (answer.status_code, "không phải ảnh JPEG" in page, "Quang cảnh" in page) == (422, True, True)
    unticked = hoa.post(address, {"file": photo(png()), "caption": "Quang cảnh", "key": new_key()})
    assert (unticked.status_code, News.objects.get().photos.count()) == (422, 0)
    done = hoa.post(address, {"file": photo(png()), "caption": "Quang cảnh", "agreed": "on", "key": new_key()})
    assert (done.status_code, News.objects.get().photos.count()) == (302, 1)
    shown = hoa.get(reverse("news-photo", args=[NewsPhoto.objects.get().pk]))
    assert (shown["Content-Type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "Viết tin bài" in hoa.get(f"/meetings/{begun.meeting_id}/prints/").content.decode()
