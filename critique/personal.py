"""What the parts of self-criticism hold about somebody: each package declares its own beside its models."""

from __future__ import annotations

from critique.cycle import personal as cycle
from critique.dossier import personal as dossier
from critique.hearing import personal as hearing
from critique.letters import personal as letters
from critique.levels import personal as levels
from critique.models import DayOff, GuardEvent, RatingRule, Rubric, Setting
from critique.remedies import personal as remedies
from critique.writing import personal as writing
from members.declare import Acted, Nobody, Stays, declare

PARTS = (cycle, writing, remedies, hearing, levels, dossier, letters)

_RULE = Stays("Quy định của tổ chức, giữ cùng văn bản.")
declare(GuardEvent, cycle.AUDIT, actor=Acted("gửi, trả lời, đề nghị, huỷ, quy định", "happened_at"), data=cycle.NO_WORD)
declare(RatingRule, _RULE, entered_by=Acted("ghi quy định xếp loại", "entered_at"))
declare(Setting, _RULE, entered_by=Acted("ghi quy định về kiểm điểm", "entered_at"))
declare(DayOff, _RULE, entered_by=Acted("ghi ngày nghỉ", "entered_at"))
declare(Rubric, _RULE, lines=Nobody("Tiêu chí chấm điểm."), entered_by=Acted("ghi tiêu chí chấm điểm", "entered_at"))
