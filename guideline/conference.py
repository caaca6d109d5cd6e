"""The agenda of the yearly review (hội nghị kiểm điểm): the same under every guideline on meetings.

Its order is fixed elsewhere: the collective before persons, the head first (QĐ 366-QĐ/TW, Điều 7). What comes before
and after is what cells write in practice.
"""

from datetime import date

from guideline import steps
from guideline.model import Clause, Evidence

_DECISION, _ISSUED = "QĐ 366-QĐ/TW", date(2025, 8, 30)

COURSE = Clause(_DECISION, _ISSUED, "Điều 7", Evidence.SEEN)
PLACE = Clause("HD 43-HD/BTCTW", date(2025, 10, 31), "mục 2", Evidence.SEEN)
RATING = Clause(_DECISION, _ISSUED, "Điều 12", Evidence.SEEN)
AFTERWARDS = Clause(_DECISION, _ISSUED, "Điều 8", Evidence.SEEN)
CUSTOM = Clause(_DECISION, _ISSUED, "trình tự theo cách làm của các chi bộ", Evidence.UNCONFIRMED)

DAY = 480  # minutes: at least one day, QĐ 366-QĐ/TW, Điều 7; a superior committee may fix another time

STEPS = (
    steps.CONFERENCE_OPENING.at(15, CUSTOM),
    steps.LAST_REVIEW.at(30, PLACE),
    steps.REVIEW_COLLECTIVE.at(90, COURSE),
    steps.REVIEW_PERSONS.at(240, COURSE),
    steps.RATE.at(60, RATING),
    steps.CONFERENCE_CONCLUSION.at(30, AFTERWARDS),
    steps.READ_MINUTES.at(15, CUSTOM),
)
