"""The thematic paper: sharing the draft, its file, opinions, answers, the completed text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings import outline, uploads
from meetings.actions.core import refuse_if_apart
from meetings.lifecycle import ALIVE, PLANNING, RUNNING, State
from meetings.models import AgendaItem, Answer, Opinion, ThematicPaper
from meetings.passages import passages
from members.access import require
from members.changes import claim
from members.entering import why_not_for
from members.refusal import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from members.models import Member, User
    from members.press import Press

BEFORE_CLOSING = PLANNING | {State.OPEN}


@transaction.atomic
def share(paper: ThematicPaper, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Members may read the draft from now on; sharing it again does not move the day since when they could."""
    require(by, "paper.write", paper)
    if not paper.draft.strip() and not paper.file:
        raise Refused("Chưa có dự thảo: xin viết, dán nội dung hoặc đính kèm tệp.")
    claim(paper.meeting, BEFORE_CLOSING, "share_draft", by=by, at=at, key=key)
    ThematicPaper.objects.filter(pk=paper.pk, shared_at__isnull=True).update(shared_at=at)
    paper.refresh_from_db(fields=["shared_at"])


@transaction.atomic
def agree(paper: ThematicPaper, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The committee (or secretary and deputy) has agreed to the draft."""
    require(by, "paper.agree", paper)
    claim(paper.meeting, BEFORE_CLOSING, "agree_draft", by=by, at=at, key=key)
    paper.agreed_at = at
    paper.save(update_fields=["agreed_at"])


def attach(paper: ThematicPaper, upload: UploadedFile, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Attach a PDF or DOCX, known by its content, not by its name. Replaces the file before."""
    require(by, "paper.write", paper)
    checked = uploads.examine(upload)  # before anything is held: looking into a large file takes its time
    with transaction.atomic():
        claim(paper.meeting, ALIVE, "attach_file", by=by, at=at, key=key, name=checked.name, size=checked.size)
        uploads.put(paper, upload, checked)


@transaction.atomic
def give_opinion(
    paper: ThematicPaper,
    *,
    member: Member,
    paragraph: int | None,
    text: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Opinion:
    """On one paragraph, quoted as it stands now, or on the whole; the secretary may enter it for somebody."""
    require(by, "opinion.give" if member.pk == by.member_id else "opinion.enter", paper)
    if paper.shared_at is None:
        raise Refused("Dự thảo chưa được gửi xin ý kiến.")
    if sentence := why_not_for(member, by, "tự góp ý"):
        raise Refused(sentence, field="member")
    claim(paper.meeting, BEFORE_CLOSING, "give_opinion", by=by, at=at, key=key, member=member.pk)
    quote = ""
    if paragraph is not None:
        blocks = outline.blocks(paper.draft)
        if not 0 <= paragraph < len(blocks):
            raise Refused("Đoạn này không còn trong dự thảo. Xin chọn lại đoạn.", field="paragraph")
        quote = blocks[paragraph].text
    return Opinion.objects.create(
        meeting=paper.meeting,
        member=member,
        paragraph=paragraph,
        quote=quote,
        text=text,
        entered_by=by,
        entered_at=at,
    )


@transaction.atomic
def show_passage(
    item: AgendaItem, *, paragraph: int | None, mark: str = "", by: User, at: datetime, key: Press | None = None
) -> None:
    """Every screen shows this paragraph while the item is on; None: none any more.

    `mark`: of the words that whoever pressed has read there; the draft may be written on meanwhile.
    It is kept no longer than that: the event says that one was shown, not which.
    """
    require(by, "meeting.run", item)
    what = "hide_passage" if paragraph is None else "show_passage"
    claim(item.meeting, RUNNING, what, by=by, at=at, key=key, item=item.pk)
    refuse_if_apart(item)
    item.refresh_from_db(fields=["started_at", "ended_at"])
    if item.progress != "running":
        raise Refused(f"Nội dung “{item.title}” không đang tiến hành nên không chiếu đoạn của dự thảo được.")
    known = dict(passages(item.meeting))
    if paragraph is not None and (paragraph not in known or mark not in ("", known[paragraph].mark)):
        raise Refused("Đoạn này không còn trong dự thảo đã gửi đảng viên. Xin chọn lại đoạn.", field="paragraph")
    item.passage = "" if paragraph is None else known[paragraph].text
    item.save(update_fields=["passage"])


@transaction.atomic
def answer_opinion(
    opinion: Opinion,
    *,
    answer: str,
    reason: str,
    became: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """The author adopts an opinion (and may show the sentence it became) or keeps the text and says why."""
    require(by, "paper.write", opinion)
    if answer not in (Answer.ADOPTED, Answer.KEPT):
        raise Refused("Xin chọn tiếp thu hoặc giữ nguyên.", field="answer")
    if answer == Answer.KEPT and not reason.strip():
        raise Refused("Giữ nguyên thì cần nêu lý do.", field="reason")
    claim(opinion.meeting, ALIVE, "answer_opinion", by=by, at=at, key=key, opinion=opinion.pk, answer=answer)
    opinion.answer, opinion.reason, opinion.became = answer, reason.strip(), became.strip()
    opinion.answered_by, opinion.answered_at = by, at
    opinion.save(update_fields=["answer", "reason", "became", "answered_by", "answered_at"])


@transaction.atomic
def complete(paper: ThematicPaper, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The completed text stands beside the draft from now on; every adopted opinion must show its sentence."""
    require(by, "paper.write", paper)
    claim(paper.meeting, ALIVE - PLANNING, "complete_paper", by=by, at=at, key=key)
    paper.refresh_from_db(fields=["completed"])
    if not paper.completed.strip():
        raise Refused("Bản hoàn thiện còn trống.", field="completed")
    plain = " ".join(paper.completed.split())
    for opinion in paper.meeting.opinions.filter(answer=Answer.ADOPTED).select_related("member"):
        if not opinion.became or " ".join(opinion.became.split()) not in plain:
            raise Refused(
                f"Ý kiến đã tiếp thu của đồng chí {opinion.member} chưa ghi rõ câu tương ứng trong bản hoàn thiện.",
                field="completed",
            )
    paper.completed_at = at
    paper.save(update_fields=["completed_at"])
