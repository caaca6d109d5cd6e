"""Hearing somebody: beginning, opinions under a name, seeing and answering, concluding; nothing closes unseen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from critique.cycle.models import Participant
from critique.hearing.models import Hearing, HearingOpinion, Proceedings
from critique.hearing.models.hearing import OpinionKind, SeenWay, Stance
from critique.hearing.seats import alone, may_speak
from critique.lifecycle import HEARD_IN, HEARING_GOING, HEARING_OPEN, HEARING_OVER, Considering
from meetings.lifecycle import TOOK_PLACE
from meetings.models import Kind, Mark, Meeting
from members.access import require
from members.changes import claim, hold, reload
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import Member, User
    from members.press import Press


# An opinion's words, with what each of them is bound to.
_WRITTEN = ("words", "kind", "words_rev", "reply", "stance", "reply_rev", "ruling", "ruling_rev")


def hold_stage(hearing: Hearing) -> None:
    """Hold the review's row, or the meeting's, so that it does not end between looking and writing."""
    if hearing.participant is not None:
        hold(hearing.participant.cycle, HEARD_IN)
        if Proceedings.objects.filter(cycle=hearing.participant.cycle).exists():
            raise Refused("Biên bản hội nghị kiểm điểm đã ký nên không ghi thêm, không sửa được nữa.")
    if hearing.meeting is not None:
        hold_meeting(hearing.meeting)


def hold_meeting(meeting: Meeting) -> None:
    state = Meeting.objects.select_for_update().values_list("state", flat=True).get(pk=meeting.pk)
    if state not in TOOK_PLACE:
        raise Refused("Buổi họp chưa khai mạc nên chưa ghi tự phê bình, phê bình được.")


def claim_hearing(hearing: Hearing, states: Collection[Considering], what: str, **told: Any) -> None:
    """The stage first, so that nothing is said where it is over; then the hearing itself."""
    hold_stage(hearing)
    claim(hearing, states, what, **told)


def judge_alone(hearing: Hearing, *, by: User, at: datetime) -> None:
    """Nobody keeps the record about themselves as long as somebody else is at the table."""
    if alone(hearing, by, timezone.localdate(at)):
        raise Refused("Phần xét về mình thì đồng chí khác ở bàn chủ trì ghi và kết luận.")


def said_something(hearing: Hearing) -> None:
    """What the person has to see has changed: whatever they confirmed before is confirmed no longer."""
    hearing.said_rev += 1
    hearing.seen_at, hearing.seen_by, hearing.seen_way = None, None, ""
    hearing.save(update_fields=["said_rev", "seen_at", "seen_by", "seen_way"])


@transaction.atomic
def begin(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> Hearing:
    """The conference turns to this person, or to the collective. Begun twice, it is the same hearing."""
    require(by, "hearing.record", row)
    hold(row.cycle, HEARD_IN)
    if not row.writes:
        raise Refused("Đồng chí này không thuộc đối tượng kiểm điểm của đợt này.")
    hearing = hearing_of(row)
    if hearing.state == Considering.WAITING:
        _start(hearing, by=by, at=at, key=key)
    return hearing


def hearing_of(row: Participant) -> Hearing:
    """The one hearing of this person; made when it is first needed. The review's row is held."""
    found: Hearing | None = Hearing.objects.with_people().filter(participant=row).first()
    return found or Hearing.objects.create(cell=row.cell, participant=row, about=row.member)


def _start(hearing: Hearing, *, by: User, at: datetime, key: Press | None) -> None:
    claim_hearing(hearing, HEARING_OPEN, "begin", by=by, at=at, key=key)
    hearing.state, hearing.begun_at = Considering.GOING, at
    hearing.save(update_fields=["state", "begun_at"])


@transaction.atomic
def begin_at(meeting: Meeting, *, about: Member, by: User, at: datetime, key: Press | None = None) -> Hearing:
    """The smaller form: self-criticism as an agenda item of a monthly or thematic meeting."""
    require(by, "hearing.record", meeting)
    hold_meeting(meeting)
    if meeting.of_committee:
        raise Refused("Tự phê bình, phê bình được ghi ở buổi sinh hoạt của chi bộ.", field="meeting")
    if meeting.kind == Kind.CONFERENCE:
        raise Refused("Hội nghị kiểm điểm có phần góp ý riêng, mở từ đợt kiểm điểm.", field="meeting")
    row = meeting.attendances.filter(member=about).first()
    if row is None or row.mark in (Mark.EXCUSED, Mark.UNEXCUSED):
        raise Refused("Đồng chí này không dự buổi họp đã chọn.", field="about")
    found: Hearing | None = Hearing.objects.with_people().filter(meeting=meeting, about=about).first()
    if found is None:
        found = Hearing.objects.create(cell=meeting.cell, meeting=meeting, about=about)
        _start(found, by=by, at=at, key=key)
    return found


@transaction.atomic
def add_opinion(
    hearing: Hearing,
    *,
    speaker: Member | None,
    guest: str = "",
    kind: str = OpinionKind.OPINION,
    words: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> HearingOpinion:
    """What somebody present has said, under their name; a guest from above with name and post."""
    require(by, "hearing.record", hearing)
    claim_hearing(hearing, HEARING_GOING, "opinion", by=by, at=at, key=key, speaker=speaker.pk if speaker else None)
    _judge_speaker(hearing, speaker, guest, by=by, at=at)
    if kind not in OpinionKind.values:
        raise Refused("Xin chọn loại ý kiến.", field="kind")
    if not words.strip():
        raise Refused("Xin ghi nội dung ý kiến.", field="words")
    opinion = write_down(hearing, speaker, guest, kind, words, by=by, at=at, recorded=True)
    said_something(hearing)
    return opinion


def _judge_speaker(hearing: Hearing, speaker: Member | None, guest: str, *, by: User, at: datetime) -> None:
    judge_alone(hearing, by=by, at=at)
    if (speaker is None) == (not guest.strip()):
        raise Refused("Xin chọn người nêu ý kiến, hoặc ghi tên đại biểu.", field="speaker")
    if speaker is not None and speaker.pk == hearing.about_id:
        raise Refused("Lời của chính đồng chí ấy ghi ở phần trả lời.", field="speaker")
    if speaker is not None and speaker.pk not in may_speak(hearing, at):
        raise Refused("Đồng chí này không dự.", field="speaker")


@transaction.atomic
def give_word(
    hearing: Hearing, *, speaker: Member | None, guest: str = "", by: User, at: datetime, key: Press | None = None
) -> HearingOpinion:
    """Somebody at the desk has the word: an empty opinion under their name, which saves what is typed into it.

    As long as it is empty nothing was said: the person concerned has nothing to see in it, and no paper tells of it.
    Who has an empty one already is given that one.
    """
    require(by, "hearing.record", hearing)
    claim_hearing(hearing, HEARING_GOING, "opinion", by=by, at=at, key=key, speaker=speaker.pk if speaker else None)
    _judge_speaker(hearing, speaker, guest, by=by, at=at)
    known = next((one for one in empty(hearing) if (one.speaker, one.guest) == (speaker, guest.strip())), None)
    return known or write_down(hearing, speaker, guest, OpinionKind.OPINION, "", by=by, at=at, recorded=True)


def write_down(
    hearing: Hearing,
    speaker: Member | None,
    guest: str,
    kind: str,
    words: str,
    *,
    by: User,
    at: datetime,
    recorded: bool = False,
) -> HearingOpinion:
    number = (hearing.opinions.aggregate(last=Max("number"))["last"] or 0) + 1
    return HearingOpinion.objects.create(
        hearing=hearing,
        number=number,
        speaker=speaker,
        guest=guest.strip(),
        kind=kind,
        words=words.strip(),
        given_at=at,
        given_by=by,
        recorded_at=at if recorded else None,
    )


@transaction.atomic
def record_sent(opinion: HearingOpinion, *, by: User, at: datetime, key: Press | None = None) -> None:
    """An opinion that its author has sent beforehand is read out and stands in the record from now on."""
    hearing = opinion.hearing
    require(by, "hearing.record", hearing)
    claim_hearing(hearing, HEARING_GOING, "record", by=by, at=at, key=key, opinion=opinion.pk)
    judge_alone(hearing, by=by, at=at)
    opinion.refresh_from_db(fields=["recorded_at", "dropped_at"])
    if not opinion.is_waiting:
        raise AlreadyDone
    opinion.recorded_at = at
    opinion.save(update_fields=["recorded_at"])
    said_something(hearing)


@transaction.atomic
def strike(opinion: HearingOpinion, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Recorded by mistake, or its author takes it back in the room: it stays, marked, out of force.

    Of one in which nothing was written nothing stays.
    """
    hearing = opinion.hearing
    require(by, "hearing.record", hearing)
    claim_hearing(hearing, HEARING_OPEN, "strike", by=by, at=at, key=key, opinion=opinion.pk)
    judge_alone(hearing, by=by, at=at)
    _drop(opinion, by=by, at=at)


def _drop(opinion: HearingOpinion, *, by: User, at: datetime) -> None:
    reload(opinion, "recorded_at", "dropped_at", *_WRITTEN)
    if opinion.dropped_at is not None:
        raise AlreadyDone
    if opinion.in_force and opinion.is_empty:
        opinion.delete()
        return
    opinion.dropped_at, opinion.dropped_by = at, by
    opinion.save(update_fields=["dropped_at", "dropped_by"])
    if opinion.recorded_at is not None:
        said_something(opinion.hearing)


@transaction.atomic
def confirm_seen(
    hearing: Hearing,
    *,
    seen: int,
    nothing_more: bool = False,
    way: str = SeenWay.OWN,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """The person has seen every opinion and the conclusion as they stand at `seen`; or the table says so for them.

    `nothing_more`: to what is not answered they have nothing to add. Refused when something was said meanwhile.
    """
    own = way == SeenWay.OWN
    require(by, "hearing.confirm" if own else "hearing.record", hearing)
    if way not in SeenWay.values:
        raise Refused("Xin chọn đồng chí ấy đã xem bằng cách nào.", field="way")
    claim_hearing(hearing, HEARING_GOING, "seen", by=by, at=at, key=key, way=way, nothing_more=nothing_more)
    if not own and by.member_id == hearing.about_id:
        raise Refused("Của mình thì xác nhận ở phần của mình.", field="way")
    if seen != hearing.said_rev:
        raise Refused("Ý kiến hoặc kết luận vừa có thay đổi. Xin xem lại rồi xác nhận.")
    if nothing_more:
        for opinion in unanswered(hearing):
            opinion.stance, opinion.reply_rev = Stance.NOTHING, opinion.reply_rev + 1
            opinion.save(update_fields=["stance", "reply_rev"])
    hearing.seen_at, hearing.seen_by, hearing.seen_way = at, by, SeenWay(way)
    hearing.save(update_fields=["seen_at", "seen_by", "seen_way"])


def unanswered(hearing: Hearing) -> list[HearingOpinion]:
    known = (opinion for opinion in hearing.opinions.all() if opinion.in_force and not opinion.is_empty)
    return [opinion for opinion in known if not opinion.is_answered]


def empty(hearing: Hearing) -> list[HearingOpinion]:
    """Under these names nothing was written."""
    return [opinion for opinion in hearing.opinions.all() if opinion.in_force and opinion.is_empty]


@transaction.atomic
def close(hearing: Hearing, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Concluded, after the person has seen it all and could answer each opinion; nothing changes any more."""
    require(by, "hearing.close", hearing)
    claim_hearing(hearing, HEARING_GOING, "close", by=by, at=at, key=key)
    judge_alone(hearing, by=by, at=at)
    if hearing.opinions.sent().exists():
        raise Refused("Còn ý kiến gửi thư ký chưa ghi: xin ghi vào biên bản hoặc gạch bỏ.")
    if unanswered(hearing):
        raise Refused("Còn ý kiến chưa có trả lời. Đồng chí được góp ý trả lời, hoặc nói rõ là không có ý kiến thêm.")
    if hearing.seen_at is None:
        raise Refused("Đồng chí được góp ý chưa xác nhận đã xem ý kiến và kết luận nên chưa khép lại được.")
    for opinion in empty(hearing):
        opinion.delete()
    hearing.state, hearing.closed_at = Considering.CLOSED, at
    hearing.save(update_fields=["state", "closed_at"])


@transaction.atomic
def reopen(hearing: Hearing, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The leaders open it again; the event stays."""
    require(by, "hearing.reopen", hearing)
    claim_hearing(hearing, HEARING_OVER, "reopen", by=by, at=at, key=key)
    judge_alone(hearing, by=by, at=at)
    hearing.state, hearing.closed_at = Considering.GOING, None
    hearing.save(update_fields=["state", "closed_at"])
