"""The thematic paper: its draft, its file, the opinions on it, the answers, the completed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from meetings.actions import thematic
from meetings.models import Meeting, Opinion, ThematicPaper
from members.saving.actions import save_text
from tests.factories import at
from tests.meetings.steps import DURING, close, forbidden, last_event, refused
from tests.once import built_once

if TYPE_CHECKING:
    from pathlib import Path

    from members.models import Member
    from tests.conftest import Cast

DRAFT = "I. Nhận thức\nTự phê bình là việc thường ngày.\n- Nêu gương."
NOTICED = at("2026-11-26 08:00")
LATER = at("2026-11-27 08:00")


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def paper_of(meeting: Meeting) -> ThematicPaper:
    return ThematicPaper.objects.select_related("meeting__cell").get(meeting=meeting)


@built_once
def shared(cast: Cast, called: Meeting) -> ThematicPaper:
    """Tuấn has written the draft, and members may read it."""
    author = cast.account(cast.tuan)
    save_text("draft", called.paper, {"draft": DRAFT}, base=0, by=author, at=NOTICED)
    thematic.share(paper_of(called), by=author, at=NOTICED)
    return paper_of(called)


def opine(
    cast: Cast, paper: ThematicPaper, member: Member, by: Member, paragraph: int | None = None, text: str = "Rất rõ."
) -> Opinion:
    return thematic.give_opinion(paper, member=member, paragraph=paragraph, text=text, by=cast.account(by), at=LATER)


def answer(
    cast: Cast, opinion: Opinion, given: str, *, reason: str = "", became: str = "", by: Member | None = None
) -> None:
    who = cast.account(by or cast.tuan)
    thematic.answer_opinion(opinion, answer=given, reason=reason, became=became, by=who, at=LATER)


# --- Sharing ------------------------------------------------------------------------------------


def test_a_draft_is_shared_by_its_author_with_the_time(cast: Cast, shared: ThematicPaper) -> None:
    assert (shared.shared_at, last_event(shared.meeting)) == (NOTICED, ("share_draft", {}))


def test_sharing_again_does_not_move_the_day_since_when_members_could_read(cast: Cast, shared: ThematicPaper) -> None:
    thematic.share(shared, by=cast.account(cast.tuan), at=LATER)
    assert (shared.shared_at, paper_of(shared.meeting).shared_at) == (NOTICED, NOTICED)


@pytest.mark.parametrize("draft", ["", " \n "])
def test_an_empty_draft_is_not_shared(cast: Cast, called: Meeting, draft: str) -> None:
    ThematicPaper.objects.update(draft=draft)
    with refused("Chưa có dự thảo: xin viết, dán nội dung hoặc đính kèm tệp."):
        thematic.share(paper_of(called), by=cast.account(cast.tuan), at=NOTICED)


def test_a_file_alone_can_be_shared(cast: Cast, called: Meeting) -> None:
    attach(cast, paper_of(called), b"%PDF-1.7 du thao")
    thematic.share(paper_of(called), by=cast.account(cast.tuan), at=NOTICED)
    assert paper_of(called).shared_at == NOTICED


def test_only_author_and_leaders_share_the_draft(cast: Cast, called: Meeting) -> None:
    ThematicPaper.objects.update(draft=DRAFT)
    with forbidden():
        thematic.share(paper_of(called), by=cast.account(cast.hoa), at=NOTICED)
    thematic.share(paper_of(called), by=cast.account(cast.lan), at=NOTICED)
    assert paper_of(called).shared_at == NOTICED


def test_the_agreement_of_the_committee_has_its_time(cast: Cast, called: Meeting) -> None:
    thematic.agree(paper_of(called), by=cast.account(cast.lan), at=NOTICED)
    assert (paper_of(called).agreed_at, last_event(called)) == (NOTICED, ("agree_draft", {}))


def test_the_author_does_not_agree_to_their_own_draft(cast: Cast, called: Meeting) -> None:
    with forbidden():
        thematic.agree(paper_of(called), by=cast.account(cast.tuan), at=NOTICED)


# --- The file -----------------------------------------------------------------------------------


def attach(cast: Cast, paper: ThematicPaper, content: bytes, name: str = "du thao.pdf") -> None:
    thematic.attach(paper, SimpleUploadedFile(name, content), by=cast.account(cast.tuan), at=NOTICED)


def test_a_file_is_kept_with_its_name_kind_and_size(cast: Cast, called: Meeting, tmp_path: Path) -> None:
    attach(cast, paper_of(called), b"%PDF-1.7 du thao")
    paper = paper_of(called)
    assert (paper.file_name, paper.file_type, paper.file_size) == ("du thao.pdf", "pdf", 16)
    assert paper.file.read() == b"%PDF-1.7 du thao"
    assert last_event(called) == ("attach_file", {"name": "du thao.pdf", "size": 16})
    assert [path.suffix for path in (tmp_path / "papers").iterdir()] == [".pdf"]


def test_a_new_file_replaces_the_one_before(
    cast: Cast, called: Meeting, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    for content in (b"%PDF-1.7 dau", b"%PDF-1.7 sau"):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            attach(cast, paper_of(called), content)
    assert [path.read_bytes() for path in (tmp_path / "papers").iterdir()] == [b"%PDF-1.7 sau"]


def test_a_file_that_is_refused_leaves_nothing_behind(cast: Cast, called: Meeting, tmp_path: Path) -> None:
    sentence = "Chỉ nhận tệp PDF hoặc Word (.docx). Nội dung tệp này không phải hai loại đó."
    with refused(sentence, "file"):
        attach(cast, paper_of(called), b"<html>", "du thao.pdf")
    assert list(tmp_path.iterdir()) == []


def test_only_author_and_leaders_attach_a_file(cast: Cast, called: Meeting, tmp_path: Path) -> None:
    file = SimpleUploadedFile("du thao.pdf", b"%PDF-1.7")
    with forbidden():
        thematic.attach(paper_of(called), file, by=cast.account(cast.hoa), at=NOTICED)
    assert list(tmp_path.iterdir()) == []


# --- Opinions -----------------------------------------------------------------------------------


def test_an_opinion_quotes_its_paragraph_as_it_stands(cast: Cast, shared: ThematicPaper) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa, paragraph=1)
    ThematicPaper.objects.update(draft="Viết lại cả")
    opinion.refresh_from_db()
    assert (opinion.member, opinion.paragraph, opinion.quote, opinion.text, opinion.answer) == (
        cast.hoa,
        1,
        "Tự phê bình là việc thường ngày.",
        "Rất rõ.",
        "",
    )


def test_an_opinion_on_the_whole_quotes_nothing(cast: Cast, shared: ThematicPaper) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa)
    assert (opinion.paragraph, opinion.quote) == (None, "")


@pytest.mark.parametrize("paragraph", [-1, 3, 10**9])
def test_there_is_no_opinion_on_a_paragraph_that_is_not_there(
    cast: Cast, shared: ThematicPaper, paragraph: int
) -> None:
    with refused("Đoạn này không còn trong dự thảo. Xin chọn lại đoạn.", "paragraph"):
        opine(cast, shared, cast.hoa, cast.hoa, paragraph=paragraph)


def test_there_is_no_opinion_before_the_draft_is_shared(cast: Cast, called: Meeting) -> None:
    with refused("Dự thảo chưa được gửi xin ý kiến."):
        opine(cast, paper_of(called), cast.hoa, cast.hoa)


@pytest.mark.parametrize("by", ["lan", "hoa"])
def test_secretary_and_minute_taker_enter_it_for_somebody_without_a_device(
    cast: Cast, shared: ThematicPaper, by: str
) -> None:
    opinion = opine(cast, shared, cast.son, getattr(cast, by))
    assert (opinion.member, opinion.entered_by) == (cast.son, cast.account(getattr(cast, by)))


def test_a_member_gives_no_opinion_in_the_name_of_another(cast: Cast, shared: ThematicPaper) -> None:
    with forbidden():
        opine(cast, shared, cast.son, cast.tuan)


def test_the_secretary_of_another_cell_gives_no_opinion(cast: Cast, shared: ThematicPaper) -> None:
    with forbidden():
        opine(cast, shared, cast.mai, cast.mai)


def test_opinions_stand_in_the_order_of_their_paragraphs(cast: Cast, shared: ThematicPaper) -> None:
    opine(cast, shared, cast.hoa, cast.hoa, paragraph=2, text="hai")
    opine(cast, shared, cast.lan, cast.lan, paragraph=0, text="không")
    assert [opinion.text for opinion in shared.meeting.opinions.exclude(paragraph=None)] == ["không", "hai"]


# --- Answers ------------------------------------------------------------------------------------


def test_the_author_adopts_an_opinion_and_shows_the_sentence_it_became(cast: Cast, shared: ThematicPaper) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa)
    answer(cast, opinion, "adopted", became=" Nêu gương mỗi ngày. ")
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.became, opinion.answered_by, opinion.answered_at) == (
        "adopted",
        "Nêu gương mỗi ngày.",
        cast.account(cast.tuan),
        LATER,
    )


def test_what_is_kept_has_its_reason(cast: Cast, shared: ThematicPaper) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa)
    with refused("Giữ nguyên thì cần nêu lý do.", "reason"):
        answer(cast, opinion, "kept", reason="  ")
    answer(cast, opinion, "kept", reason="Đã có ở mục II.")
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.reason) == ("kept", "Đã có ở mục II.")


def test_the_database_itself_keeps_no_silent_refusal_of_an_opinion(cast: Cast, shared: ThematicPaper) -> None:
    opine(cast, shared, cast.hoa, cast.hoa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.update(answer="kept", reason="")


@pytest.mark.parametrize("given", ["", "maybe"])
def test_an_answer_is_one_of_two(cast: Cast, shared: ThematicPaper, given: str) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa)
    with refused("Xin chọn tiếp thu hoặc giữ nguyên.", "answer"):
        answer(cast, opinion, given)


def test_who_gave_an_opinion_does_not_answer_it(cast: Cast, shared: ThematicPaper) -> None:
    opinion = opine(cast, shared, cast.hoa, cast.hoa)
    with forbidden():
        answer(cast, opinion, "adopted", by=cast.hoa)


# --- The completed text -------------------------------------------------------------------------


@built_once
def held(cast: Cast, shared: ThematicPaper, opened: Meeting) -> ThematicPaper:
    """Hoa's opinion is adopted, Lan's is kept out, and the evening is over."""
    answer(cast, opine(cast, shared, cast.hoa, cast.hoa), "adopted", became="Nêu gương  mỗi ngày.")
    answer(cast, opine(cast, shared, cast.lan, cast.lan), "kept", reason="Đã có.")
    return paper_of(close(cast, opened))


def complete(cast: Cast, paper: ThematicPaper, text: str) -> None:
    stale = paper_of(paper.meeting)
    ThematicPaper.objects.update(completed=text)
    thematic.complete(stale, by=cast.account(cast.tuan), at=LATER)


def test_the_completed_text_stands_beside_the_draft(cast: Cast, held: ThematicPaper) -> None:
    complete(cast, held, "I. Nhận thức\nNêu gương\nmỗi ngày.")
    paper = paper_of(held.meeting)
    assert (paper.completed_at, paper.completed, paper.draft) == (
        LATER,
        "I. Nhận thức\nNêu gương\nmỗi ngày.",
        DRAFT,
    )


def test_every_adopted_opinion_must_be_found_in_it(cast: Cast, held: ThematicPaper) -> None:
    ThematicPaper.objects.update(completed="I. Nhận thức")
    sentence = "Ý kiến đã tiếp thu của đồng chí Nguyễn Thị Hoa chưa ghi rõ câu tương ứng trong bản hoàn thiện."
    with refused(sentence, "completed"):
        complete(cast, held, "I. Nhận thức")


def test_an_adopted_opinion_that_became_nothing_is_not_complete(cast: Cast, held: ThematicPaper) -> None:
    Opinion.objects.filter(answer="adopted").update(became="")
    ThematicPaper.objects.update(completed="I. Nhận thức")
    sentence = "Ý kiến đã tiếp thu của đồng chí Nguyễn Thị Hoa chưa ghi rõ câu tương ứng trong bản hoàn thiện."
    with refused(sentence, "completed"):
        complete(cast, held, "I. Nhận thức")


def test_an_empty_text_is_not_complete(cast: Cast, held: ThematicPaper) -> None:
    with refused("Bản hoàn thiện còn trống.", "completed"):
        complete(cast, held, "")


def test_nothing_is_completed_before_the_evening(cast: Cast, shared: ThematicPaper) -> None:
    with refused("Buổi họp đang ở bước “Đã thông báo” nên không làm được việc này."):
        thematic.complete(shared, by=cast.account(cast.tuan), at=DURING)


def test_there_is_no_opinion_after_the_evening(cast: Cast, held: ThematicPaper) -> None:
    with refused("Buổi họp đang ở bước “Đã kết thúc, chờ ký” nên không làm được việc này."):
        opine(cast, held, cast.hoa, cast.hoa)
