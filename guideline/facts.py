"""MeetingFacts: all that a check or a score may look at, gathered by the caller; every default is neutral."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from guideline.model import Kind

# Việt Nam has kept UTC+7 without summer time since 1975, longer than any meeting recorded here.
VIETNAM = timezone(timedelta(hours=7))


def local(moment: datetime) -> datetime:
    """The time on the wall in Việt Nam, without a zone; a moment without one is taken to be that."""
    return moment if moment.tzinfo is None else moment.astimezone(VIETNAM).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting as figures. Moments may be aware or naive Việt Nam time; counts are of people or rows."""

    kind: Kind = Kind.REGULAR
    topic: str = ""
    place: str = ""
    planned_start: datetime | None = None
    now: datetime | None = None  # given by the caller: a check never reads the clock

    chair_named: bool = False
    minute_taker_named: bool = False
    one_in_both_seats: bool = False  # whoever chairs also takes the minutes
    chair_on_probation: bool = False  # whoever chairs is not a full member yet
    led_by_who_stepped_aside: tuple[str, ...] = ()  # items that the chair stepped aside for and nobody else led
    presenter_named: bool = False  # the author of the thematic paper

    bulletin_presenter_named: bool = False  # whoever brings current affairs and the cell's bulletin

    agenda: tuple[str, ...] = ()  # step codes in the order planned
    agenda_minutes: int = 0

    has_committee: bool = True  # False where the secretary is alone, without chi uỷ and deputy
    committee_met_at: datetime | None = None
    committee_minutes_sealed_at: datetime | None = None  # the minutes of that meeting of the committee
    paper_agreed_at: datetime | None = None  # the committee approved the draft
    paper_ready_at: datetime | None = None  # the draft could be read by members
    papers_posted_at: datetime | None = None  # before the meeting, on the Sổ tay đảng viên điện tử
    notice_sent_at: datetime | None = None
    superior_notified: bool = False

    opened_at: datetime | None = None
    closed_at: datetime | None = None
    read_back_at: datetime | None = None
    sealed_at: datetime | None = None
    paper_completed_at: datetime | None = None
    posted_at: datetime | None = None  # the finished documents, on the Sổ tay đảng viên điện tử
    reported_up_at: datetime | None = None

    counted: int = 0  # members who count towards attendance
    present: int = 0
    excused: int = 0
    unexcused: int = 0
    unmarked: int = 0  # counted members whom the roll call has not reached
    excused_in_a_row_over: int = 0  # members now past the rulebook's figure of excused absences in a row this year

    items_total: int = 0
    items_started: int = 0
    items_ended: int = 0
    items_empty: int = 0  # items under which nothing is written, without a reason
    items_wanting_conclusion: int = 0  # items that ask for a conclusion and have none

    speakers: int = 0  # different members who spoke
    remarks: int = 0
    remarks_incomplete: int = 0  # thematic remarks that lack one of their three parts
    opinions_total: int = 0  # opinions left on the thematic paper
    opinions_unanswered: int = 0

    dues_stated: bool = False
    open_tasks: int = 0  # carried over from earlier meetings
    open_tasks_reported: int = 0
    tasks_due: int = 0  # of earlier meetings: their date had come by this meeting, or it heard that they are done
    tasks_done: int = 0  # of those, the ones done by the end of this meeting
    tasks: int = 0  # given at this meeting
    tasks_without_owner: int = 0
    tasks_without_due: int = 0
    votes: int = 0
    votes_without_team: tuple[str, ...] = ()  # the question of each secret vote of which nobody says who counted
    votes_beyond_the_roll: tuple[str, ...] = ()  # a sentence for each vote with more hands than people who could vote
    conclusion_recorded: bool = False
    quality_recorded: bool = False
    commendation_recorded: bool = False  # praise or a reminder was written down at this meeting
    ideology_minutes: int | None = None  # spent on ideology, self-criticism and criticism; None if nobody wrote it down

    @property
    def duration_minutes(self) -> int | None:
        """Whole minutes from opening to closing, or to now while the meeting is on."""
        end = self.closed_at or self.now
        if self.opened_at is None or end is None:
            return None
        return max(0, int((local(end) - local(self.opened_at)).total_seconds() // 60))
