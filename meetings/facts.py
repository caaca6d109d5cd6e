"""Gather what the guideline's checks may look at, from rows that the caller has already loaded where it can."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from guideline import rulebook as rules
from guideline.facts import MeetingFacts
from meetings.lifecycle import TOOK_PLACE, State
from meetings.models import (
    AgendaItem,
    Attendance,
    Held,
    Kind,
    Mark,
    Meeting,
    Opinion,
    Outcome,
    OutcomeKind,
    Recusal,
    Remark,
    Resolution,
    Seat,
    Task,
    TaskReport,
    TaskState,
    Teller,
    Vote,
    held,
)
from meetings.models.meeting import held_at
from meetings.presence import beyond_the_roll, does_not_fit, rooms_of_votes
from members.asked import Asked
from members.models import Tenure, TenureKind
from members.names import sort_key
from members.scoping import readable_by

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.presence import Room
    from members.models import Organisation, User


def step_of(meeting: Meeting, item: AgendaItem) -> rules.AgendaStep | None:
    """The guideline's step behind an agenda line; None for a line that the cell added itself."""
    return rules.get(meeting.rulebook).step(rules.Kind(meeting.kind), item.step) if item.step else None


def is_apart(meeting: Meeting, item: AgendaItem) -> bool:
    """What is said under it about people is written elsewhere, and no word of it is shown (docs/decisions/0017)."""
    step = step_of(meeting, item)
    return step is not None and step.apart


@dataclass(slots=True)
class Evening:
    """Everything recorded at one meeting, in eleven queries; pages and papers read from here.

    A twelfth where slips were counted.
    """

    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    tellers: list[Teller] = field(default_factory=list)
    recusals: list[Recusal] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    promised: list[Task] = field(default_factory=list)
    reports: dict[int, TaskReport] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    seats: list[Held] = field(default_factory=list)

    @classmethod
    def of(cls, meeting: Meeting) -> Evening:
        found = cls(
            meeting,
            items=agenda(meeting),
            attendances=roll(meeting),
            remarks=list(meeting.remarks.all()),
            votes=list(meeting.votes.all()),
            recusals=list(meeting.recusals.select_related("person")),
            outcomes=list(meeting.outcomes.all()),
            tasks=list(meeting.tasks.with_owner().by_day()),
            promised=list(Task.objects.promised_before(meeting).select_related("owner", "meeting").by_day()),
            reports={report.task_id: report for report in meeting.reports.all()},
            resolutions=list(Resolution.objects.filter(meeting=meeting).with_names().order_by("pk")),
            seats=held(meeting, meeting.seat_changes.with_holders()),
        )
        people = {row.pk: row for row in found.attendances}
        for remark in found.remarks:
            remark.speaker = people[remark.speaker_id]
        if any(vote.is_secret for vote in found.votes):
            found.tellers = list(meeting.tellers.select_related("person"))
        return found

    def present(self) -> list[Attendance]:
        return [row for row in self.attendances if row.mark == Mark.PRESENT]

    def speakers(self) -> set[int]:
        """Who said something, whatever the item, among those who count in the rate.

        Empty remarks do not count, nor does an opinion reserved on a vote.
        """
        said = [remark for remark in self.remarks if remark.vote_id is None and not remark.is_empty]
        return {one.speaker.member_id for one in said if one.speaker.member_id and one.speaker.counts}

    def remarks_on(self, item: AgendaItem) -> list[Remark]:
        return [remark for remark in self.remarks if remark.item_id == item.pk and remark.vote_id is None]

    def rooms(self) -> list[tuple[Vote, Room]]:
        """Each vote with the room in which it was taken."""
        return rooms_of_votes(self.meeting, self.attendances, self.votes, self.recusals)

    def outcomes_of(self, item: AgendaItem) -> list[Outcome]:
        """Informations and conclusions; a decision stands with its vote."""
        return [one for one in self.outcomes if one.item_id == item.pk and one.vote_id is None]

    def decisions_by(self, vote: Vote) -> list[Outcome]:
        return [one for one in self.outcomes if one.vote_id == vote.pk]

    def led_by_who_stepped_aside(self, item: AgendaItem) -> bool:
        """Somebody who held the chair while this item was on has stepped aside for it."""
        aside = {one.person.member_id for one in self.recusals if one.item_id == item.pk}
        chairs = [one for one in self.seats if one.seat == Seat.CHAIR]
        return any(one.member.pk in aside for one in (one for one in chairs if one.held_during(item)))

    def is_concluded(self, item: AgendaItem) -> bool:
        """In the chair's words or as one outcome among others."""
        others = (one.text for one in self.outcomes_of(item) if one.kind == OutcomeKind.CONCLUSION)
        return any(words.strip() for words in (item.conclusion, *others))

    def empty_items(self) -> list[AgendaItem]:
        """Lines under which nothing stands, neither word nor row, nor what their step writes elsewhere."""
        return [item for item in self.items if not self._written(item)]

    def _written(self, item: AgendaItem) -> bool:
        meeting = self.meeting
        elsewhere = {
            "opening": True,  # who was there
            "purpose": bool(meeting.purpose.strip()),
            "past_tasks": bool(self.reports) or not self.promised,
            "assign_tasks": bool(self.tasks),
            "quality": bool(meeting.quality.strip()) or hasattr(meeting, "score"),
            "read_minutes": True,  # the minutes are read after everything else
        }
        under: tuple[Remark | Vote | Outcome | Task, ...]
        under = (*self.remarks, *self.votes, *self.outcomes, *self.tasks)
        said = [row for row in under if row.item_id == item.pk]
        words = item.notes.strip() or item.conclusion.strip()
        return bool(words or said or elsewhere.get(item.step) or is_apart(meeting, item))

    def went_on(self, item: AgendaItem) -> bool:
        """Something was recorded under it after it was taken up again."""
        since = item.resumed_at
        if since is None:
            return False
        moments = [one.entered_at for one in self.remarks if one.item_id == item.pk]
        moments += [one.entered_at for one in self.outcomes if one.item_id == item.pk]
        moments += [one.recorded_at for one in self.votes if one.item_id == item.pk]
        return any(moment >= since for moment in (*moments, item.saved_at) if moment is not None)

    def team_of(self, vote: Vote) -> list[Teller]:
        """Who counted its slips, whoever leads first."""
        return [one for one in self.tellers if one.vote_id == vote.pk]

    def reserved_on(self, vote: Vote) -> list[Remark]:
        return [remark for remark in self.remarks if remark.vote_id == vote.pk]


_ROLL = Asked(lambda meeting: Attendance.objects.filter(meeting=meeting).select_related("apology_entered_by"))
_ROLL_AT_ITEM = Asked(lambda meeting, item: Attendance.objects.filter(meeting=meeting).at_item(item))
_AGENDA = Asked(lambda meeting: AgendaItem.objects.filter(meeting=meeting).with_presenter())


def roll(meeting: Meeting, item: AgendaItem | None = None) -> list[Attendance]:
    """Members by given name the Vietnamese way, guests last in the order they were entered. One query.

    With an item each row says in `recusal` whether this person steps aside for it.
    """
    known = {"meeting": meeting}
    rows = _ROLL(meeting.pk, **known) if item is None else _ROLL_AT_ITEM(meeting.pk, item.pk, **known)
    return sorted(rows, key=lambda row: (row.is_guest, row.pk if row.is_guest else 0, sort_key(row.name)))


_NUMBER = Asked(
    lambda shown, cell: (
        Meeting.objects.filter(shown, cell=cell)
        .order_by()
        .values("cell")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    )
)


def listed(user: User, cell: Organisation, a_page: int, *, plans: bool) -> Paginator[Meeting]:
    """The cell's meetings that this account may know of, the next one first; `plans`: also those being planned."""
    shown = readable_by(user, Meeting) & (Q() if plans else ~Q(state=State.PLAN))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    pages = Paginator(Meeting.objects.filter(shown, cell=cell).in_lines().next_first(today), a_page)
    pages.count = next(iter(_NUMBER(shown, cell.pk)), 0)
    return pages


_PREPARING = Asked(lambda meeting: Meeting.objects.filter(prepares=meeting).nearest_not_cancelled())


def prepared_by(meeting: Meeting) -> Meeting | None:
    """The committee's own meeting for this one, the last where there are several."""
    return next(iter(_PREPARING(meeting.pk, prepares=meeting)), None)


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """Its lines in their order, each with who presents it. One query."""
    return _AGENDA(meeting.pk, meeting=meeting)


def facts_of(evening: Evening, *, now: datetime, opinions: list[Opinion] | None = None) -> MeetingFacts:
    """One meeting as figures, for `guideline.checks`."""
    meeting, items = evening.meeting, evening.items
    counted = [row for row in evening.attendances if row.counts]
    paper = meeting.thematic_paper
    steps = {item.pk: step_of(meeting, item) for item in items}
    said = [remark for remark in evening.remarks if not remark.is_empty]
    three_part = [r for r in said if (step := steps.get(r.item_id)) is not None and step.three_part and not r.vote_id]
    wanting = [
        i for i in items if (step := steps[i.pk]) is not None and step.asks_conclusion and not evening.is_concluded(i)
    ]
    minutes, sheet = getattr(meeting, "minutes", None), getattr(meeting, "score", None)
    opinions = opinions if opinions is not None else []
    return MeetingFacts(
        kind=rules.Kind(meeting.kind),
        topic=meeting.topic,
        place=meeting.place,
        planned_start=meeting.starts_at,
        now=now,
        chair_named=meeting.chair_id is not None,
        minute_taker_named=meeting.minute_taker_id is not None,
        one_in_both_seats=meeting.chair_id is not None and meeting.chair_id == meeting.minute_taker_id,
        chair_on_probation=any(
            row.standing == TenureKind.PROBATIONARY and row.member_id == meeting.chair_id for row in evening.attendances
        ),
        led_by_who_stepped_aside=tuple(item.title for item in items if evening.led_by_who_stepped_aside(item)),
        presenter_named=paper is not None and paper.author_id is not None,
        bulletin_presenter_named=any(item.step == "current_affairs" and item.presenter_id for item in items),
        agenda=tuple(item.step for item in items if item.step),
        agenda_minutes=sum(item.minutes for item in items),
        committee_met_at=meeting.committee_met_at,
        paper_agreed_at=paper.agreed_at if paper else None,
        paper_ready_at=paper.shared_at if paper else meeting.papers_posted_at,
        notice_sent_at=meeting.called_at,
        superior_notified=meeting.superior_notified_at is not None,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        read_back_at=meeting.read_back_at,
        sealed_at=minutes.sealed_at if minutes else None,
        paper_completed_at=paper.completed_at if paper else None,
        posted_at=meeting.posted_at,
        reported_up_at=meeting.reported_up_at,
        counted=len(counted),
        present=sum(row.mark == Mark.PRESENT for row in counted),
        excused=sum(row.mark == Mark.EXCUSED for row in counted),
        unexcused=sum(row.mark == Mark.UNEXCUSED for row in counted),
        unmarked=sum(row.mark == Mark.NONE for row in counted),
        items_total=len(items),
        items_started=sum(item.started_at is not None for item in items),
        items_ended=sum(item.ended_at is not None for item in items),
        items_wanting_conclusion=len(wanting),
        items_empty=sum(not item.empty_because for item in evening.empty_items()),
        speakers=len(evening.speakers()),
        remarks=len(said),
        remarks_incomplete=sum(
            not (r.awareness.strip() and r.relation.strip() and r.proposal.strip()) for r in three_part
        ),
        opinions_total=len(opinions),
        opinions_unanswered=sum(not opinion.answer for opinion in opinions),
        dues_stated=bool(meeting.dues.strip()),
        open_tasks=len(evening.promised),
        open_tasks_reported=sum(task.pk in evening.reports for task in evening.promised),
        tasks=len(evening.tasks),
        tasks_without_owner=sum(task.owner_id is None for task in evening.tasks),
        tasks_without_due=sum(task.due_on is None for task in evening.tasks),
        votes=len(evening.votes),
        votes_without_team=tuple(one.question for one in evening.votes if one.is_secret and not evening.team_of(one)),
        votes_beyond_the_roll=tuple(does_not_fit(*one) for one in beyond_the_roll(evening.rooms())),
        conclusion_recorded=any(evening.is_concluded(item) for item in items if item.step == "conclusion"),
        quality_recorded=bool(meeting.quality.strip() or (sheet and sheet.settled_at)),
    )


PRAISE = ("biểu dương", "khen ngợi", "tuyên dương", "nhắc nhở")
IDEOLOGY = ("criticism", "orientation")  # steps for the state of mind, self-criticism and criticism


def score_facts(evening: Evening, rulebook: rules.Rulebook, *, now: datetime) -> MeetingFacts:
    """What a score sheet is proposed from: the meeting's figures and four more queries that ordinary pages spare."""
    meeting = evening.meeting
    day = meeting.day
    prepared = meeting.prepared_by.filter(kind=Kind.COMMITTEE, opened_at__isnull=False)
    met = prepared.order_by("-opened_at").values_list("opened_at", "minutes__sealed_at").first() or (None, None)
    posts = (TenureKind.DEPUTY, TenureKind.COMMITTEE_MEMBER)
    due, done = _tasks_due(meeting)
    return replace(
        facts_of(evening, now=now),
        has_committee=Tenure.objects.on(day).filter(organisation=meeting.cell, kind__in=posts).exists(),
        committee_met_at=meeting.committee_met_at or met[0],
        committee_minutes_sealed_at=met[1],
        papers_posted_at=meeting.papers_posted_at,
        excused_in_a_row_over=_excused_in_a_row_over(evening, rulebook.figure_of(rules.RuleKey.EXCUSED_IN_A_ROW)),
        tasks_due=due,
        tasks_done=done,
        commendation_recorded=any(
            word in f"{item.notes} {item.conclusion}".casefold() for item in evening.items for word in PRAISE
        ),
        ideology_minutes=_minutes_spent([item for item in evening.items if item.step in IDEOLOGY]),
    )


def _tasks_due(meeting: Meeting) -> tuple[int, int]:
    """What the cell's earlier meetings gave and none of them closed: due by this meeting, and done by its end.

    A task whose date is still to come counts only when this meeting heard that it is done.
    """
    heard = TaskReport.objects.filter(task=OuterRef("pk")).alias(met=held_at("meeting__"))
    before = heard.filter(met__lt=meeting.held_at).order_by("-met", "-meeting_id")
    tasks = (
        Task.objects.alias(met=held_at("meeting__"))
        .filter(cell_id=meeting.cell_id, met__lt=meeting.held_at)
        .exclude(meeting__state=State.CANCELLED)
        .exclude(meeting__kind=Kind.COMMITTEE)
        .annotate(
            before=Subquery(before.values("state")[:1]),
            heard=Subquery(heard.filter(meeting=meeting).values("state")[:1]),
        )
        .filter(Q(before=None) | Q(before__in=[TaskState.OPEN, TaskState.GOING]))
        .values_list("due_on", "heard")
    )
    day = meeting.day
    due = [
        state
        for due_on, state in tasks
        if state == TaskState.DONE or (state is not None if due_on is None else due_on <= day)
    ]
    return len(due), due.count(TaskState.DONE)


def _excused_in_a_row_over(evening: Evening, times: int | None) -> int:
    """How many of those who count have by this meeting been excused more than so many times in a row this year."""
    meeting = evening.meeting
    absent = [row.member_id for row in evening.attendances if row.counts and row.mark == Mark.EXCUSED]
    if times is None or not absent:
        return 0
    rows = (
        Attendance.objects.filter(member__in=absent, meeting__cell_id=meeting.cell_id)
        .alias(met=held_at("meeting__"))
        .filter(met__year=meeting.day.year, met__lte=meeting.held_at, meeting__state__in=TOOK_PLACE)
        .exclude(meeting__kind=Kind.COMMITTEE)
        .exclude(mark=Mark.NONE)
        .order_by("-met", "-meeting_id")
    )
    in_a_row = dict.fromkeys(absent, 0)
    came = set()
    for row in rows:
        if not row.counts:
            continue
        if row.mark != Mark.EXCUSED:
            came.add(row.member_id)
        elif row.member_id not in came:
            in_a_row[row.member_id] += 1
    return sum(count > times for count in in_a_row.values())


def _minutes_spent(items: list[AgendaItem]) -> int | None:
    """Whole minutes on these items; None where no clock has run for any of them."""
    spans = [
        max(item.ended_at - item.counts_from, timedelta(0)) for item in items if item.counts_from and item.ended_at
    ]
    return int(sum(span.total_seconds() for span in spans) // 60) if spans else None


# Which check belongs to which state, so that a page asks for the advice of the moment.
STAGES: dict[str, str] = {
    State.PLAN: "before_calling",
    State.CALLED: "before_opening",
    State.OPEN: "before_closing",
    State.CLOSED: "before_closing",
    State.SEALED: "after_closing",
}
