"""How a cell votes on levels: what the statutes say, and what a committee has fixed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from critique.levels.fixed import vote_rule
from critique.levels.voting import DEFAULT, Method
from critique.official_forms.model import Level
from members.refusal import Refused
from rulings import actions as rulings
from rulings.models import Ruling
from tests.critique.conftest import AFTER_MEETING
from tests.critique.levels_cast import who

if TYPE_CHECKING:
    from tests.conftest import Cast

PAPER = {"document": "15-HD/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
HANDS = {"method": "hands", "base": "present", **{f"need_{level.value}": "half" for level in Level}}


def rule(cast: Cast, organisation: Any = None, **changes: Any) -> Ruling:
    paper = {**PAPER, **changes}
    return rulings.fix(organisation or cast.ward, "vote", value=HANDS, by=cast.phuc, at=AFTER_MEETING, **paper)


def test_where_nobody_fixed_anything_the_statutes_hold(cast: Cast) -> None:
    assert vote_rule(cast.cell, date(2026, 12, 4)) == DEFAULT


def test_what_the_nearest_committee_fixed_holds_from_its_day_to_its_end(cast: Cast) -> None:
    ward = rule(cast)
    days = [date(2026, 1, 9), date(2026, 1, 10)]
    assert [vote_rule(cast.cell, day).method for day in days] == [Method.SECRET, Method.HANDS]
    rulings.fix(cast.cell, "vote", value={**HANDS, "method": "secret"}, **PAPER, **who(cast))
    assert [vote_rule(one, days[1]).method for one in (cast.cell, cast.other_cell)] == [Method.SECRET, Method.HANDS]
    rulings.end(ward, ends_on=date(2026, 6, 30), by=cast.phuc, at=AFTER_MEETING)
    assert vote_rule(cast.other_cell, date(2026, 7, 1)) == DEFAULT


def test_a_rule_names_its_document_and_does_not_meet_another(cast: Cast) -> None:
    with pytest.raises(Refused, match="số, ký hiệu"):
        rule(cast, document=" ")
    with pytest.raises(Refused, match="không thể trước ngày văn bản"):
        rule(cast, starts_on=date(2026, 1, 1))
    rule(cast)
    with pytest.raises(Refused, match="Đã có quy định về việc này theo 15-HD/ĐU"):
        rule(cast)
    with pytest.raises(Refused, match="Đã có quy định về việc này theo 15-HD/ĐU"):
        rule(cast, document="16-HD/ĐU")
    with pytest.raises(Refused, match="từ 1 đến 25%"):
        rulings.fix(cast.ward, "cap", value={"percent": 30}, by=cast.phuc, at=AFTER_MEETING, **PAPER)


def test_a_member_and_another_cells_secretary_fix_nothing(cast: Cast) -> None:
    for member in (cast.hoa, cast.mai):
        with pytest.raises(PermissionDenied):
            rulings.fix(cast.cell, "vote", value=HANDS, **PAPER, **who(cast, member))
    assert Ruling.objects.count() == 0
