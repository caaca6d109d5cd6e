"""How findings are worded, cited and ordered, and what holds for any facts whatever."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline.checks import CHECKS, COMMITTEE_CHECKS, CONFERENCE_CHECKS, Finding, Stage, findings
from guideline.checks_evening import check_attendance, check_quorum, check_speakers
from guideline.facts import VIETNAM, MeetingFacts
from guideline.finding import percent
from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.local import LocalFigure, localise
from guideline.rulebook import RULEBOOKS, Clause, Evidence, Kind, Rulebook, RuleKey
from tests.sample import tries

OPENED = datetime(2026, 12, 3, 19, 0, tzinfo=VIETNAM)
FIXED = Clause("QĐ 08-QĐ/ĐU", date(2026, 1, 15), "Điều 3", Evidence.LOCAL)
LOCAL = tuple(
    localise(book, [LocalFigure(RuleKey.QUORUM, 60, FIXED), LocalFigure(RuleKey.SPEAKERS, 30, FIXED)], members=9)
    for book in RULEBOOKS
)
CODES = tuple(step.code for step in HD42.steps[Kind.COMBINED])

# Any year that a computer's calendar can show in Việt Nam's time and count a few days from.
moments = st.none() | st.datetimes(
    min_value=datetime.fromisoformat("1900-01-01"),
    max_value=datetime.fromisoformat("2200-01-01"),
    timezones=st.sampled_from([None, UTC, VIETNAM, timezone(timedelta(hours=-11))]),
)
counts = st.integers(min_value=0, max_value=300)
words = st.text(max_size=20)
BY_TYPE = {datetime | None: moments, int: counts, int | None: st.none() | counts, bool: st.booleans()}
any_facts = st.builds(
    MeetingFacts,
    kind=st.sampled_from(Kind),
    topic=words,
    place=words,
    agenda=st.lists(st.sampled_from(CODES) | words, max_size=20).map(tuple),
    **{field.name: BY_TYPE[field.type] for field in fields(MeetingFacts) if field.type in BY_TYPE},
)


def one(stage: Stage, facts: MeetingFacts, rulebook: Rulebook, code: str) -> Finding:
    (finding,) = (found for found in findings(stage, facts, rulebook) if found.code == code)
    return finding


@pytest.mark.parametrize(
    ("stage", "facts", "rulebook", "code", "sentence"),
    [
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(kind=Kind.THEMATIC, opened_at=OPENED, now=OPENED + timedelta(minutes=62)),
            HD42,
            "duration",
            "Buổi sinh hoạt mới được 62 phút, hướng dẫn yêu cầu tối thiểu 90 phút.",
        ),
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(kind=Kind.COMBINED, opened_at=OPENED, closed_at=OPENED + timedelta(minutes=100)),
            HD12,
            "duration",
            "Buổi sinh hoạt kéo dài 100 phút, hướng dẫn yêu cầu tối thiểu 120 phút.",
        ),
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(counted=9, present=7, excused=2),
            HD42,
            "attendance",
            "Có mặt 7/9 đảng viên (77,8%), hướng dẫn yêu cầu từ 90% trở lên.",
        ),
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(counted=20, present=17, excused=3),
            HD12,
            "attendance",
            "Có mặt 17/20 đảng viên (85%), hướng dẫn yêu cầu trên 85%.",
        ),
        (
            Stage.BEFORE_CALLING,
            MeetingFacts(),
            HD42,
            "place_and_time",
            "Chưa ghi thời gian và địa điểm của buổi sinh hoạt.",
        ),
        (Stage.BEFORE_CALLING, MeetingFacts(), HD42, "all_steps", "Chưa có chương trình."),
        (
            Stage.BEFORE_CALLING,
            MeetingFacts(kind=Kind.COMBINED, agenda=CODES[:-2]),
            HD42,
            "all_steps",
            ("Chương trình chưa có 2 bước: “Đánh giá chất lượng buổi sinh hoạt”; “Thư ký đọc và thông qua biên bản”."),
        ),
        (
            Stage.BEFORE_CALLING,
            MeetingFacts(kind=Kind.THEMATIC, planned_start=OPENED),
            HD42,
            "papers_days_before",
            "Dự thảo chuyên đề chưa gửi đảng viên; cần có chậm nhất ngày 02/12/2026.",
        ),
        (
            Stage.BEFORE_OPENING,
            MeetingFacts(planned_start=OPENED, paper_ready_at=datetime(2026, 12, 2, 23, 30, tzinfo=UTC)),
            HD42,
            "papers_days_before",
            (
                "Tài liệu gửi ngày 03/12/2026, buổi sinh hoạt ngày 03/12/2026; "
                "hướng dẫn yêu cầu gửi trước ít nhất 1 ngày."
            ),
        ),
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(items_total=9, items_started=7, items_ended=6),
            HD42,
            "items_held",
            "Còn 3/9 nội dung chương trình chưa kết thúc, trong đó 2 nội dung chưa bắt đầu.",
        ),
        (
            Stage.BEFORE_CLOSING,
            MeetingFacts(items_total=9, items_started=9, items_ended=8),
            HD42,
            "items_held",
            "Còn 1/9 nội dung chương trình chưa kết thúc.",
        ),
        (
            Stage.AFTER_CLOSING,
            MeetingFacts(closed_at=OPENED, now=OPENED + timedelta(days=2)),
            HD42,
            "posted_days_after",
            "Tài liệu chưa đăng lên Sổ tay đảng viên điện tử; hạn là ngày 05/12/2026.",
        ),
        (
            Stage.AFTER_CLOSING,
            MeetingFacts(closed_at=OPENED, now=OPENED + timedelta(days=3)),
            HD42,
            "posted_days_after",
            "Đã quá hạn đăng tài liệu lên Sổ tay đảng viên điện tử (ngày 05/12/2026).",
        ),
        (
            Stage.AFTER_CLOSING,
            MeetingFacts(closed_at=OPENED, posted_at=OPENED + timedelta(days=4)),
            HD42,
            "posted_days_after",
            "Tài liệu đăng Sổ tay đảng viên điện tử ngày 07/12/2026, hạn là ngày 05/12/2026.",
        ),
    ],
)
def test_a_finding_says_what_is_the_matter_with_its_figures(
    stage: Stage, facts: MeetingFacts, rulebook: Rulebook, code: str, sentence: str
) -> None:
    assert one(stage, facts, rulebook, code).sentence == sentence


def test_a_cell_with_few_members_is_told_that_its_committee_may_set_the_length() -> None:
    facts = MeetingFacts(opened_at=OPENED, now=OPENED + timedelta(minutes=50))
    advice = [one(Stage.BEFORE_CLOSING, facts, rulebook, "duration").advice for rulebook in RULEBOOKS]
    assert advice == [
        (
            "Có thể mời thêm ý kiến hoặc trao đổi kỹ hơn trước khi kết thúc. "
            "Chi bộ rất ít đảng viên theo mức do cấp uỷ có thẩm quyền quy định."
        ),
        (
            "Có thể mời thêm ý kiến hoặc trao đổi kỹ hơn trước khi kết thúc. "
            "Chi bộ ít đảng viên theo mức do cấp uỷ có thẩm quyền quy định."
        ),
    ]


@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_a_local_measure_is_not_passed_off_as_the_guideline(rulebook: Rulebook) -> None:
    finding = check_speakers(MeetingFacts(present=9, speakers=2), rulebook)
    assert finding is not None
    assert finding.advice == "Mời các đồng chí chưa phát biểu; nhiều nơi lấy mức quá nửa số có mặt."
    assert finding.clause.evidence is {"hd12": Evidence.SEEN, "hd42": Evidence.UNCONFIRMED}[rulebook.key]


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 1, "100%"), (7, 9, "77,8%"), (2, 3, "66,7%"), (8999, 10000, "89,9%"), (0, 9, "0%")]
)
def test_a_share_is_rounded_but_never_up_to_a_target(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@settings(max_examples=tries(150), deadline=None)
@given(any_facts)
def test_no_facts_make_a_check_fail_or_lose_its_words(facts: MeetingFacts) -> None:
    found = [finding for book in (*RULEBOOKS, *LOCAL) for stage in Stage for finding in findings(stage, facts, book)]
    silent = [finding.code for finding in found if not (finding.code and finding.sentence and finding.advice)]
    assert silent == []


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.sampled_from(Stage), st.sampled_from(RULEBOOKS))
def test_findings_come_in_the_order_of_the_table(facts: MeetingFacts, stage: Stage, rulebook: Rulebook) -> None:
    table = {Kind.COMMITTEE: COMMITTEE_CHECKS, Kind.CONFERENCE: CONFERENCE_CHECKS}.get(facts.kind, CHECKS)
    in_order = [finding for check in table[stage] if (finding := check(facts, rulebook)) is not None]
    assert list(findings(stage, facts, rulebook)) == in_order


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.sampled_from(Stage), st.sampled_from(RULEBOOKS))
def test_no_two_findings_of_a_stage_share_a_code(facts: MeetingFacts, stage: Stage, rulebook: Rulebook) -> None:
    codes = [finding.code for finding in findings(stage, facts, rulebook)]
    assert len(codes) == len(set(codes))


@settings(max_examples=tries(150), deadline=None)
@given(counts, counts, counts, st.sampled_from((*RULEBOOKS, *LOCAL)))
def test_one_more_member_present_never_worsens_the_attendance(
    present: int, away: int, unmarked: int, rulebook: Rulebook
) -> None:
    facts = MeetingFacts(counted=present + away + unmarked, present=present, excused=away, unmarked=unmarked)
    arrivals = [replace(facts, counted=facts.counted + 1, present=present + 1)]
    if away:
        arrivals.append(replace(facts, excused=away - 1, present=present + 1))
    if unmarked:
        arrivals.append(replace(facts, unmarked=unmarked - 1, present=present + 1))
    worsened = [
        arrival
        for arrival in arrivals
        for check in (check_attendance, check_quorum)
        if check(facts, rulebook) is None and check(arrival, rulebook) is not None
    ]
    assert worsened == []


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.randoms(), st.sampled_from(Stage), st.sampled_from((*RULEBOOKS, *LOCAL)))
def test_findings_do_not_depend_on_the_order_of_the_agenda(
    facts: MeetingFacts, chance: Random, stage: Stage, rulebook: Rulebook
) -> None:
    # Only whether two parts are held one after the other is a question of order.
    shuffled = replace(facts, agenda=tuple(sorted(facts.agenda, key=lambda _: chance.random())))
    before, after = (
        [one for one in findings(stage, each, rulebook) if one.code != RuleKey.ONE_PART_AFTER_THE_OTHER]
        for each in (facts, shuffled)
    )
    assert before == after


@pytest.mark.parametrize(
    ("stage", "sentences"),
    [
        (
            Stage.BEFORE_CALLING,
            ["Chưa ghi thời gian và địa điểm của cuộc họp chi uỷ.", "Chưa ghi người chủ trì cuộc họp chi uỷ."],
        ),
        (
            Stage.BEFORE_OPENING,
            ["Chưa ghi người chủ trì cuộc họp chi uỷ.", "Chưa cử thư ký cuộc họp chi uỷ."],
        ),
        (
            Stage.BEFORE_CLOSING,
            [
                "Còn 1/3 chi uỷ viên chưa được điểm danh.",
                "Còn 6/6 nội dung chương trình chưa kết thúc, trong đó 6 nội dung chưa bắt đầu.",
                "Chưa ghi kết luận của cuộc họp chi uỷ.",
                "Chưa giao nhiệm vụ nào tại cuộc họp chi uỷ.",
            ],
        ),
        (Stage.AFTER_CLOSING, ["Biên bản chưa có đủ chữ ký của chủ trì và thư ký."]),
    ],
)
@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_a_committee_is_spoken_to_of_its_own_meeting(rulebook: Rulebook, stage: Stage, sentences: list[str]) -> None:
    facts = MeetingFacts(kind=Kind.COMMITTEE, counted=3, present=2, unmarked=1, items_total=6, closed_at=OPENED)
    assert [finding.sentence for finding in findings(stage, facts, rulebook)] == sentences


def test_attendance_is_not_judged_while_those_unmarked_could_still_reach_the_target() -> None:
    facts = MeetingFacts(counted=20, present=10, excused=1, unmarked=9)
    assert check_attendance(facts, HD42) is None
