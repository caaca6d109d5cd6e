"""The steps of a self-review as sheets: one text for each step, all of them in one sealed body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from critique.cycle.models import Participant
from critique.lifecycle import WRITING
from critique.writing import content, page
from critique.writing.models import SelfReview
from members.changes import hold, reload
from members.refusal import Refused
from members.saving.sheet import Box, Sheet

if TYPE_CHECKING:
    from members.models import User


class StepSheet(Sheet):
    """Fields and tables of one step; the author, whoever enters from paper, or for form 01 the whole committee."""

    @property
    def step(self) -> content.FormPage:
        return content.STEPS[self.name.removeprefix("review-")]

    def fresh(self, kept: SelfReview) -> SelfReview:
        reload(kept, "body", "rev", "saved_at", "saved_by_id", "by_author", "submitted_at")
        if kept.submitted_at is not None:
            sentence = "Bản kiểm điểm đã nộp nên không ghi thêm được. Muốn sửa thì rút lại trước khi mở thời gian đọc."
            raise Refused(sentence)
        return kept

    def boxes(self, row: SelfReview, posted: Mapping[str, str]) -> list[Box]:
        questions = page.build(row, self.step.name, blank_rows=0, posted=posted).questions
        inputs = [(q.name, q.one) for q in questions if q.one]
        inputs += [
            (f"{q.name}, dòng {line.number}: {one.label}", one)
            for q in questions
            for line in q.rows
            for one in line.inputs
        ]
        empty = (("", "— chưa chọn —"),)
        return [
            Box(one.name, label, empty + one.choices if one.choices else (), one.kind in ("line", "day", "score"))
            for label, one in inputs
            if one.name in posted
        ]

    def clean(self, row: SelfReview, posted: Mapping[str, str]) -> dict[str, Any]:
        return content.cleaned(content.form_of(row), self.step, posted)

    def read(self, kept: SelfReview) -> dict[str, Any]:
        return content.texts_of(kept)

    def rev(self, kept: SelfReview) -> int:
        return content.rev_of(kept, self.step.name)

    def put(self, kept: SelfReview, texts: Any, by: User, at: datetime) -> None:
        person = kept.participant
        own = by.member_id == person.member_id
        kept.body = content.with_step(kept, self.step.name, texts)
        kept.saved_at, kept.saved_by = at, by
        kept.rev += 1
        kept.by_author = kept.by_author or own
        kept.save(update_fields=["body", "rev", "saved_at", "saved_by", "by_author"])
        if own and person.on_paper and person.typist_id is None:  # whoever types here does not hand in on paper
            Participant.objects.filter(pk=person.pk, typist=None).update(on_paper=False)

    def shown(self, row: SelfReview, texts: Any, posted: Mapping[str, str]) -> dict[str, str]:
        """Every input of the page that is asked about, and what stands where the page has none."""
        flat = content.flat(row, self.step, texts)
        asked = {name: "" for name in posted if content.code_of(name) in texts}
        return asked | {name: value for name, value in flat.items() if value}

    def judge_clash(self, theirs: Mapping[str, str], posted: Mapping[str, str]) -> None:
        """A page that does not know rows written elsewhere must not save over them."""
        if any(value and name not in posted for name, value in theirs.items()):
            raise Refused("Bảng này vừa có thêm dòng ghi ở máy khác. Xin chép lại dòng đang viết rồi tải lại trang.")


def _hold(review: SelfReview, by: User, at: datetime) -> None:
    """So that the reading window does not open between looking and saving."""
    hold(review.cycle, WRITING)


SHEETS = tuple(
    StepSheet(
        name=f"review-{step}",
        model=SelfReview,
        fields=("body",),
        needs="selfreview.write",
        hold=_hold,
        related=(
            "participant__member",
            "participant__typist",
            "participant__cycle__cell",
            "participant__cycle__meeting",
        ),
    )
    for step in content.STEPS
)
