"""Builds the demonstration through the actions, as if the cell had worked with the program for two months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from chibo.demo import content
from chibo.demo.hearing import hear_at_meeting
from chibo.demo.protection import keep_old_years, protect
from chibo.demo.review import review_last_year, review_this_year
from chibo.demo.shelf import keep_shelf
from chibo.demo.year import issue, keep_year
from documents.model import fingerprint
from meetings.actions import evening, explaining, following, inspecting, minutes, outcomes, planning, preparing, scoring
from meetings.actions import thematic as papers
from meetings.models import Meeting, Seat
from meetings.papers import build_minutes
from meetings.scored import scored
from members import actions as people
from members.models import Member, Organisation, OrganisationKind, TenureKind, User
from members.saving.actions import save_text

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Stage:
    """The people on stage and the day that counts as today."""

    cell: Organisation
    reviewer: User
    cast: dict[str, Member]
    today: date

    def account(self, key: str) -> User:
        return User.objects.select_related("member").get(member=self.cast[key])

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@transaction.atomic
def build(*, password: str, today: date, prefix: str = "") -> Stage:
    """The cell of nine, its neighbour, the reviewer, and three meetings around `today`; `prefix` for user names."""
    start = timezone.make_aware(datetime.combine(today - timedelta(days=60), time(8)))
    top = people.found_organisation(
        parent=None,
        by=None,
        at=start,
        kind=OrganisationKind.COMMITTEE,
        symbol="ĐU",
        name="Đảng uỷ các cơ quan Đảng tỉnh",
        paper_name="ĐẢNG UỶ CÁC CƠ QUAN ĐẢNG TỈNH",
    )
    committee = people.found_organisation(
        parent=top,
        by=None,
        at=start,
        kind=OrganisationKind.COMMITTEE,
        symbol="ĐU",
        name="Đảng uỷ Cơ quan Uỷ ban Kiểm tra Tỉnh uỷ",
        paper_name="ĐẢNG UỶ CƠ QUAN UỶ BAN KIỂM TRA TỈNH UỶ",
        superior_line="ĐẢNG UỶ CÁC CƠ QUAN ĐẢNG TỈNH",
        place_name="Tỉnh lỵ",
    )
    cells = [
        people.found_organisation(
            parent=committee,
            by=None,
            at=start,
            kind=OrganisationKind.CELL,
            name=name,
            paper_name=name.upper(),
            superior_line="ĐẢNG BỘ CƠ QUAN\nUỶ BAN KIỂM TRA TỈNH UỶ",
            place_name="Tỉnh lỵ",
            term_started_on=date(today.year - 1, 3, 1),
        )
        for name in ("Chi bộ Văn phòng", "Chi bộ Nghiệp vụ")
    ]
    cast = _enter(cells[0], content.PEOPLE, password, start, prefix)
    neighbours = _enter(cells[1], content.NEIGHBOURS, password, start, prefix)
    reviewer = Member.objects.create(organisation=committee, full_name="Cao Thị Minh Phúc", born_on=date(1970, 4, 30))
    people.appoint(reviewer, committee, kind=TenureKind.SUPERIOR, starts_on=date(2020, 1, 1), by=None, at=start)
    account = people.open_account(reviewer, username=f"{prefix}captren", by=None, at=start)
    people.set_password(account, password=password, by=None, at=start)
    stage = Stage(cells[0], account, cast, today)
    keep_old_years(stage)  # one thing after the other as the days were: numbers run in that order
    review_last_year(stage)
    regular = hold_regular_meeting(stage, today - timedelta(days=38))
    issue(stage, regular)
    thematic = hold_thematic_meeting(stage, today - timedelta(days=5))
    keep_shelf(stage, plan_next(stage, today + timedelta(days=12)))
    keep_year(stage, thematic)
    hear_at_meeting(stage, regular)
    review_this_year(stage)
    protect(stage)
    _say_why(stage, cells[1], neighbours["kien"])
    return stage


def _say_why(stage: Stage, cell: Organisation, secretary: Member) -> None:
    """The neighbour has held no meeting here, and its secretary says why to the committee above."""
    by = User.objects.select_related("member").get(member=secretary)
    month = stage.today.replace(day=1)
    moment = stage.at(stage.today, 8, 30)
    explaining.explain(cell, about="no-meeting", month=month, text=content.NOT_MET, by=by, at=moment)


def _enter(
    cell: Organisation, persons: Iterable[content.Person], password: str, at: datetime, prefix: str
) -> dict[str, Member]:
    found = {}
    half_a_year_ago = timezone.localdate(at) - timedelta(days=120)
    for person in persons:
        admitted = person.admitted or half_a_year_ago
        member = people.add_member(
            cell,
            person={
                "full_name": person.name,
                "born_on": person.born,
                "admitted_on": admitted,
                "official_on": person.official,
                "has_device": person.device,
            },
            standing=TenureKind.FULL if person.official else TenureKind.PROBATIONARY,
            starts_on=person.official or admitted,
            by=None,
            at=at,
        )
        if person.post:
            people.appoint(member, cell, kind=person.post, starts_on=date(2020, 1, 1), by=None, at=at)
        if person.username:
            user = people.open_account(member, username=prefix + person.username, by=None, at=at)
            people.set_password(user, password=password, by=None, at=at)
        found[person.key] = member
    return found


def hold_regular_meeting(stage: Stage, day: date) -> Meeting:
    """Last month's regular meeting, from the plan to the review, with three promises."""
    lead, cast = stage.account("thanh"), stage.cast
    meeting = planning.plan_meeting(
        stage.cell,
        kind="regular",
        by=lead,
        at=stage.at(day - timedelta(days=8), 9),
        starts_at=stage.at(day, 14),
        place=content.PLACE,
        topic="",
        chair=cast["thanh"],
        minute_taker=cast["hoa"],
        purpose="",
    )
    planning.call(meeting, by=lead, at=stage.at(day - timedelta(days=5), 9))
    evening.open_meeting(meeting, by=lead, at=stage.at(day, 14, 2))
    evening.mark_rest_present(meeting, by=lead, at=stage.at(day, 14, 4))
    absent = meeting.attendances.get(member=cast["hanh"])
    evening.mark(
        absent,
        mark="excused",
        reason="đi công tác theo phân công của cơ quan",
        by=lead,
        at=stage.at(day, 14, 5),
    )
    writer = stage.account("hoa")
    save_text("meeting", meeting, {"dues": content.DUES}, base=meeting.rev, by=writer, at=stage.at(day, 14, 8))
    clock = stage.at(day, 14, 5)
    for item in meeting.items.all():
        evening.start_item(item, by=lead, at=clock)
        if item.step in content.EARLIER_NOTES:
            save_text("item", item, {"notes": content.EARLIER_NOTES[item.step]}, base=0, by=writer, at=clock)
        for step, key, text in content.EARLIER_REMARKS:
            if step == item.step:
                clock += timedelta(minutes=4)
                remark = evening.add_remark(item, meeting.attendances.get(member=cast[key]), by=writer, at=clock)
                save_text("remark", remark, {"text": text}, base=0, by=writer, at=clock)
        if item.step in ("discussion", "assign_tasks", "conclusion"):
            item.refresh_from_db()
            save_text("item", item, {"conclusion": content.EARLIER_CONCLUSION}, base=item.rev, by=writer, at=clock)
        if item.step == "assign_tasks":
            for text, owner, days, _, _ in content.EARLIER_TASKS:
                following.assign_task(
                    meeting,
                    text=text,
                    owner=cast[owner],
                    due_on=day + timedelta(days=days),
                    item=item,
                    by=writer,
                    at=clock,
                )
        clock += timedelta(minutes=7)
    meeting.refresh_from_db()
    save_text("meeting", meeting, {"quality": content.EARLIER_QUALITY}, base=meeting.rev, by=writer, at=clock)
    score(stage, meeting, content.EARLIER_SCORE, in_favour=7, at=clock)
    _finish(stage, meeting, stage.at(day, 15, 48))
    seen = stage.at(day + timedelta(days=3), 10)
    inspecting.comment(meeting, part="tasks", text=content.REVIEW_COMMENT, by=stage.reviewer, at=seen)
    inspecting.give_verdict(meeting, verdict="reviewed", by=stage.reviewer, at=seen)
    confirm_score(stage, meeting, at=seen)
    return meeting


def hold_thematic_meeting(stage: Stage, day: date) -> Meeting:
    """The thematic meeting on self-criticism and criticism: nine present, seven speak, four tasks."""
    meeting = prepare_thematic_meeting(stage, day)
    lead, writer = stage.account("thanh"), stage.account("hoa")
    evening.open_meeting(meeting, by=lead, at=stage.at(day, 14))
    evening.mark_rest_present(meeting, by=lead, at=stage.at(day, 14, 1))
    save_text("meeting", meeting, {"dues": content.DUES}, base=meeting.rev, by=writer, at=stage.at(day, 14, 4))
    clock = stage.at(day, 14, 2)
    for item in meeting.items.all():
        evening.start_item(item, by=writer, at=clock)
        clock = _hold_item(stage, meeting, item.pk, clock)
    meeting.refresh_from_db()
    save_text("meeting", meeting, {"quality": content.QUALITY}, base=meeting.rev, by=writer, at=clock)
    score(stage, meeting, content.SCORE, in_favour=8, at=clock)
    evening.read_back(meeting, by=writer, at=clock)
    _finish(stage, meeting, stage.at(day, 16, 5))
    _complete_paper(stage, meeting, stage.at(day + timedelta(days=1), 9))
    for what in ("posted_at", "reported_up_at"):
        preparing.tick(meeting, what=what, done=True, by=lead, at=stage.at(day + timedelta(days=1), 10))
    return meeting


def prepare_thematic_meeting(stage: Stage, day: date) -> Meeting:
    """From the plan to the notice, with the draft read and two opinions given."""
    cast, lead, author = stage.cast, stage.account("thanh"), stage.account("binh")
    meeting = planning.plan_meeting(
        stage.cell,
        kind="thematic",
        by=lead,
        at=stage.at(day - timedelta(days=14), 9),
        starts_at=stage.at(day, 14),
        place=content.PLACE,
        topic=content.TOPIC,
        chair=cast["thanh"],
        minute_taker=cast["hoa"],
        author=cast["binh"],
        purpose=content.PURPOSE,
    )
    paper = meeting.paper
    written = stage.at(day - timedelta(days=9), 20)
    save_text("draft", paper, {"draft": content.DRAFT}, base=0, by=author, at=written)
    papers.agree(paper, by=lead, at=stage.at(day - timedelta(days=8), 9))
    papers.share(paper, by=author, at=stage.at(day - timedelta(days=7), 9))
    for what in ("committee_met_at", "superior_notified_at", "papers_posted_at"):
        preparing.tick(meeting, what=what, done=True, by=lead, at=stage.at(day - timedelta(days=7), 10))
    planning.call(meeting, by=lead, at=stage.at(day - timedelta(days=6), 9))
    for key, paragraph, text, _, _ in content.OPINIONS:
        by = stage.account(key) if cast[key].has_device else lead
        papers.give_opinion(
            paper,
            member=cast[key],
            paragraph=paragraph,
            text=text,
            by=by,
            at=stage.at(day - timedelta(days=4), 20),
        )
    return meeting


def _hold_item(stage: Stage, meeting: Meeting, pk: int, clock: datetime) -> datetime:
    """What is recorded under one item; returns the time at which the next one starts."""
    writer, cast = stage.account("hoa"), stage.cast
    item = meeting.items.get(pk=pk)
    notes = {"present_paper": content.PRESENTATION}
    conclusions = {"assess_topic": content.ASSESSMENT, "conclusion": content.CONCLUSION}
    if item.step == "past_tasks":
        for task, (_, _, _, state, result) in zip(
            meeting.cell.tasks.order_by("pk"), content.EARLIER_TASKS, strict=False
        ):
            following.report_task(task, meeting, state=state, result=result, by=writer, at=clock)
    if item.step == "thematic_discussion":
        for key, awareness, relation, proposal in content.SPEECHES:
            clock += timedelta(minutes=6)
            row = meeting.attendances.get(member=cast[key])
            remark = evening.add_remark(item, row, by=writer, at=clock)
            parts = {"awareness": awareness, "relation": relation, "proposal": proposal}
            save_text("remark", remark, parts, base=0, by=writer, at=clock)
    texts = {"notes": notes.get(item.step, ""), "conclusion": conclusions.get(item.step, "")}
    if any(texts.values()):
        save_text("item", item, texts, base=0, by=writer, at=clock)
    if item.step == "conclusion":
        told = outcomes.add_outcome(item, kind="information", by=writer, at=clock)
        save_text("outcome", told, {"text": content.INFORMATION}, base=0, by=writer, at=clock)
        vote = evening.record_vote(
            item,
            question="Thông qua kết luận và phân công nhiệm vụ của buổi sinh hoạt chuyên đề",
            in_favour=8,
            against=0,
            other=0,
            by=writer,
            at=clock,
        )
        decided = outcomes.add_outcome(item, kind="decision", vote=vote, by=writer, at=clock)
        save_text("outcome", decided, {"text": content.DECISION}, base=0, by=writer, at=clock)
        for text, owner, days in content.TASKS:
            due = timezone.localdate(meeting.starts_at) + timedelta(days=days)
            following.assign_task(meeting, text=text, owner=cast[owner], due_on=due, item=item, by=writer, at=clock)
    return clock + timedelta(minutes=8)


def _finish(stage: Stage, meeting: Meeting, closed_at: datetime) -> None:
    """Close, then minute-taker and chair confirm what they have read."""
    meeting.refresh_from_db()
    lead, writer = stage.account("thanh"), stage.account("hoa")
    opened = meeting.opened_at
    if opened is None:
        raise ValueError("only a meeting that was opened can be finished")
    if meeting.read_back_at is None:
        evening.read_back(meeting, by=writer, at=closed_at)
    evening.close(meeting, opened_at=opened, closed_at=closed_at, by=lead, at=closed_at)
    scoring.draw_up(meeting, by=lead, at=closed_at)  # now the record knows how long it took
    seen = fingerprint(build_minutes(Meeting.objects.with_people().get(pk=meeting.pk)))
    minutes.sign(meeting, seat=Seat.MINUTE_TAKER, seen=seen, by=writer, at=closed_at + timedelta(minutes=10))
    minutes.sign(meeting, seat=Seat.CHAIR, seen=seen, by=lead, at=closed_at + timedelta(minutes=15))
    meeting.refresh_from_db()


def score(stage: Stage, meeting: Meeting, said: content.Score, *, in_favour: int, at: datetime) -> None:
    """The committee fills in the sheet before the meeting ends, and the cell votes on it."""
    by = stage.account("duc")
    sheet = scoring.draw_up(meeting, by=by, at=at)
    words = said.points if scored(sheet).criteria.scored else said.words
    lines = {line.code: words.get(line.code, (line.proposed, "")) for line in sheet.lines.all()}
    follower = stage.cast["duc"]
    scoring.give_points(
        sheet, lines=lines, weak_points=said.weak_points, follower=follower, base=sheet.rev, by=by, at=at
    )
    scoring.vote(sheet, in_favour=in_favour, against=0, other=0, by=stage.account("hoa"), at=at)


def confirm_score(stage: Stage, meeting: Meeting, *, at: datetime) -> None:
    """The reviewer agrees with every figure but one."""
    found = scored(meeting.score)
    differs = content.CONFIRMED if found.criteria.scored else {}
    lines = {line.code: differs.get(line.code, (line.points, "")) for line in found.lines}
    scoring.confirm(found.sheet, lines=lines, by=stage.reviewer, at=at)


def _complete_paper(stage: Stage, meeting: Meeting, at: datetime) -> None:
    author = stage.account("binh")
    meeting = Meeting.objects.with_people().get(pk=meeting.pk)
    paper = meeting.paper
    paper.meeting = meeting
    for opinion, (_, _, _, answer, words) in zip(meeting.opinions.order_by("pk"), content.OPINIONS, strict=True):
        reason, became = ("", words) if answer == "adopted" else (words, "")
        papers.answer_opinion(opinion, answer=answer, reason=reason, became=became, by=author, at=at)
    save_text("completed", paper, {"completed": content.COMPLETED}, base=paper.rev, by=author, at=at)
    papers.complete(paper, by=author, at=at)


def plan_next(stage: Stage, day: date) -> Meeting:
    """Next month's regular meeting, still a plan: the first thing that the secretary sees to do."""
    cast = stage.cast
    return planning.plan_meeting(
        stage.cell,
        kind="regular",
        by=stage.account("thanh"),
        at=stage.at(stage.today, 8),
        starts_at=stage.at(day, 14),
        place=content.PLACE,
        topic="",
        chair=cast["thanh"],
        minute_taker=cast["hoa"],
        purpose="",
    )
