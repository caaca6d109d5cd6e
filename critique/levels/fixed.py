"""What committees may fix about levels: how is voted, and how many may be "xuất sắc"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from critique.levels.voting import CAP_CLAUSE, CAP_PERCENT, DEFAULT, RULE_FIELDS, Base, Method, Threshold, VoteRule
from members.forming import side_by_side
from members.refusal import Refused
from rulings.in_force import in_force
from rulings.subjects import Group, Subject, Usual

if TYPE_CHECKING:
    from datetime import date

    from django.forms import Field

    from members.models import Organisation
    from rulings.models import Ruling

LEAST, MOST = 1, 25  # QĐ 366 knows 20 % and, by decision, up to 25 %


def _need(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Threshold.choices, initial=Threshold.HALF.value)


class Vote(Subject):
    group = Group.LEVELS
    hint = (
        "Văn bản hiện hành đã thấy không ấn định tỉ lệ cho từng mức. Năm 2011 (07-HD/BTCTW) từng có từ 2/3 cho “xuất "
        "sắc”; chọn mức ấy thì ghi văn bản của cấp uỷ đã quy định. Biên bản kiểm phiếu in kèm quy định và văn bản này."
    )
    layout = (
        side_by_side("method", "base"),
        side_by_side("need_excellent", "need_good"),
        side_by_side("need_done", "need_not_done"),
    )

    def fields(self) -> dict[str, Field]:
        return {
            "method": forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices),
            "base": forms.ChoiceField(label="Tính trên", choices=Base.choices),
            "need_excellent": _need("“Hoàn thành xuất sắc nhiệm vụ” cần"),
            "need_good": _need("“Hoàn thành tốt nhiệm vụ” cần"),
            "need_done": _need("“Hoàn thành nhiệm vụ” cần"),
            "need_not_done": _need("“Không hoàn thành nhiệm vụ” cần"),
        }

    def judge(self, ruling: Ruling) -> None:
        ruling.value = {name: str(ruling.value.get(name, "")) for name in RULE_FIELDS}
        try:
            _rule(ruling)
        except ValueError as wrong:
            raise Refused("Xin chọn cách biểu quyết và tỉ lệ cho từng mức.", field="method") from wrong

    def words(self, ruling: Ruling) -> str:
        return _rule(ruling).sentence()

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual(DEFAULT.sentence(), DEFAULT.source)


class Cap(Subject):
    group = Group.LEVELS
    hint = f"Đến {MOST}% với nơi có thành tích nổi trội, do cấp có thẩm quyền quyết định ({CAP_CLAUSE})."

    def fields(self) -> dict[str, Field]:
        return {"percent": forms.IntegerField(label="Không quá (%)", min_value=0, max_value=1000, initial=CAP_PERCENT)}

    def judge(self, ruling: Ruling) -> None:
        percent = ruling.value.get("percent")
        if percent is None or not LEAST <= percent <= MOST:
            raise Refused(f"Tỉ lệ này từ {LEAST} đến {MOST}%.", field="percent")
        ruling.value = {"percent": percent}

    def words(self, ruling: Ruling) -> str:
        return f"không quá {ruling.value['percent']}%"

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual(f"không quá {CAP_PERCENT}%", str(CAP_CLAUSE))


VOTE = Vote("vote", "Biểu quyết đề xuất mức xếp loại")
CAP = Cap("cap", "Tỉ lệ “Hoàn thành xuất sắc nhiệm vụ”")


def vote_rule(organisation: Organisation, day: date) -> VoteRule:
    row = in_force(organisation, VOTE.key, day)
    return _rule(row) if row else DEFAULT


def cap_of(organisation: Organisation, day: date) -> tuple[int, str]:
    """The percentage, and who fixed it ("" where nobody did)."""
    row = in_force(organisation, CAP.key, day)
    return (row.value["percent"], f"theo {row.source}") if row else (CAP_PERCENT, "")


def _rule(row: Ruling) -> VoteRule:
    return VoteRule.of(row.value, f"theo {row.source}")
