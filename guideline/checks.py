"""Which checks are made at which stage of a meeting; their answers are advice and never forbid anything."""

from collections.abc import Mapping
from enum import StrEnum

from guideline import checks_after as after
from guideline import checks_before as before
from guideline import checks_evening as evening
from guideline.facts import MeetingFacts
from guideline.finding import Check, Finding
from guideline.model import Kind, Rulebook

__all__ = ["CHECKS", "COMMITTEE_CHECKS", "CONFERENCE_CHECKS", "Check", "Finding", "Stage", "findings"]


class Stage(StrEnum):
    """The four moments at which advice is of use."""

    BEFORE_CALLING = "before_calling"
    BEFORE_OPENING = "before_opening"
    BEFORE_CLOSING = "before_closing"
    AFTER_CLOSING = "after_closing"


CHECKS: Mapping[Stage, tuple[Check, ...]] = {
    Stage.BEFORE_CALLING: (
        before.check_place_and_time,
        before.check_meeting_day,
        before.check_chair,
        before.check_topic,
        before.check_paper_author,
        before.check_bulletin,
        before.check_combined,
        before.check_agenda_steps,
        before.check_parts_in_turn,
        before.check_agenda_minutes,
        before.check_committee_met,
        before.check_paper_agreed,
        before.check_paper_sent,
        before.check_papers_in_time,
    ),
    Stage.BEFORE_OPENING: (
        before.check_notice,
        before.check_notice_to_superior,
        before.check_paper_sent,
        before.check_papers_in_time,
        before.check_chair,
        before.check_minute_taker,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
    ),
    Stage.BEFORE_CLOSING: (
        evening.check_duration,
        evening.check_roll_call,
        evening.check_votes_and_roll,
        evening.check_votes_and_team,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
        evening.check_quorum,
        evening.check_attendance,
        evening.check_unexcused,
        evening.check_excused_in_a_row,
        evening.check_dues,
        evening.check_items_held,
        evening.check_items_empty,
        evening.check_led_by_somebody_else,
        evening.check_past_tasks,
        evening.check_speakers,
        evening.check_three_parts,
        evening.check_item_conclusions,
        evening.check_conclusion,
        evening.check_tasks,
        evening.check_task_owners,
        evening.check_task_dates,
        evening.check_quality,
        evening.check_quality_voted,
        evening.check_read_back,
    ),
    Stage.AFTER_CLOSING: (
        evening.check_duration,
        after.check_sealed,
        after.check_opinions_answered,
        after.check_paper_completed,
        after.check_posted,
        after.check_reported_up,
    ),
}

# A committee's own meeting has no rate, no dues, no papers to post and nobody's judgement of its quality.
COMMITTEE_CHECKS: Mapping[Stage, tuple[Check, ...]] = {
    Stage.BEFORE_CALLING: (
        before.check_place_and_time,
        before.check_chair,
    ),
    Stage.BEFORE_OPENING: (
        before.check_chair,
        before.check_minute_taker,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
    ),
    Stage.BEFORE_CLOSING: (
        evening.check_roll_call,
        evening.check_votes_and_roll,
        evening.check_votes_and_team,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
        evening.check_items_held,
        evening.check_items_empty,
        evening.check_led_by_somebody_else,
        evening.check_conclusion,
        evening.check_tasks,
        evening.check_task_owners,
        evening.check_task_dates,
    ),
    Stage.AFTER_CLOSING: (after.check_sealed,),
}

# The yearly review is judged by nobody's points; what is said about people is not counted here.
CONFERENCE_CHECKS: Mapping[Stage, tuple[Check, ...]] = {
    Stage.BEFORE_CALLING: (
        before.check_place_and_time,
        before.check_chair,
        before.check_agenda_steps,
        before.check_conference_day,
        before.check_committee_met,
    ),
    Stage.BEFORE_OPENING: (
        before.check_notice,
        before.check_notice_to_superior,
        before.check_chair,
        before.check_minute_taker,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
    ),
    Stage.BEFORE_CLOSING: (
        evening.check_roll_call,
        evening.check_votes_and_roll,
        evening.check_votes_and_team,
        before.check_two_seats,
        before.check_chair_is_a_full_member,
        evening.check_quorum,
        evening.check_items_held,
        evening.check_items_empty,
        evening.check_led_by_somebody_else,
        evening.check_conclusion,
        evening.check_read_back,
    ),
    Stage.AFTER_CLOSING: (after.check_sealed,),
}
_TABLES = {Kind.COMMITTEE: COMMITTEE_CHECKS, Kind.CONFERENCE: CONFERENCE_CHECKS}


def findings(stage: Stage, facts: MeetingFacts, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What is not yet as the guideline would have it, in the order of the table."""
    table = _TABLES.get(facts.kind, CHECKS)
    found = (check(facts, rulebook) for check in table[stage])
    return tuple(finding for finding in found if finding is not None)
