"""The agenda of the yearly review (hội nghị kiểm điểm): the same lines under every guideline on meetings.

Its order is fixed elsewhere: the collective before persons, the head first (QĐ 366-QĐ/TW, Điều 7). What comes before
and after is what cells write in practice.
"""

from datetime import date

from guideline import steps
from guideline.model import AgendaStep, Clause, Evidence

_DECISION, _ISSUED = "QĐ 366-QĐ/TW", date(2025, 8, 30)
SOURCE = "bản đăng lại trên trang pháp luật"

COURSE = Clause(_DECISION, _ISSUED, "Điều 7", Evidence.SEEN, SOURCE)
PLACE = Clause("HD 43-HD/BTCTW", date(2025, 10, 31), "mục 2", Evidence.SEEN, SOURCE)
RATING = Clause(_DECISION, _ISSUED, "Điều 12", Evidence.SEEN, SOURCE)
AFTERWARDS = Clause(_DECISION, _ISSUED, "Điều 8", Evidence.SEEN, SOURCE)
CUSTOM = Clause(_DECISION, _ISSUED, "trình tự theo cách làm của các chi bộ", Evidence.UNCONFIRMED, "mẫu của các chi bộ")

DAY = 480  # minutes: at least one day, QĐ 366-QĐ/TW, Điều 7; a superior committee may fix another time

_LINES = (
    (steps.CONFERENCE_OPENING, 15, CUSTOM),
    (steps.LAST_REVIEW, 30, PLACE),
    (steps.REVIEW_COLLECTIVE, 90, COURSE),
    (steps.REVIEW_PERSONS, 240, COURSE),
    (steps.RATE, 60, RATING),
    (steps.CONFERENCE_CONCLUSION, 30, AFTERWARDS),
    (steps.READ_MINUTES, 15, CUSTOM),
)
STEPS = tuple(step.at(minutes, clause) for step, minutes, clause in _LINES)


def steps_by(clause: Clause) -> tuple[AgendaStep, ...]:
    """The same agenda under that clause: a year before the decision of 2025 is not held by it."""
    return tuple(step.at(minutes, clause) for step, minutes, _ in _LINES)
