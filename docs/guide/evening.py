"""The evening that the user guide tells: one thematic meeting, taken from step to step through the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from chibo.demo import content
from meetings.actions import evening, following, minutes, planning, thematic
from meetings.models import AgendaItem, Meeting, Opinion, Remark
from members.saving.actions import save_text

if TYPE_CHECKING:
    from datetime import datetime

    from chibo.demo.build import Stage

TOPIC = "Thực hành tiết kiệm, chống lãng phí trong công việc của Văn phòng"
PURPOSE = "Thống nhất những việc nhỏ, làm được ngay, để bớt lãng phí giấy tờ, thời gian và điện nước ở cơ quan."
DRAFT = """I. Nhận thức chung
Tiết kiệm không phải là bủn xỉn; tiết kiệm là dùng đúng việc, đúng lúc, đúng mức của công.
II. Kết quả đã làm được
- Văn bản nội bộ gửi qua mạng, số trang in giảm gần một nửa so với năm trước.
- Các cuộc họp ngắn lại, có tài liệu trước nên ít phải họp thêm.
III. Hạn chế
- Còn in thử nhiều lần, còn để đèn, máy lạnh khi ra về.
IV. Nhiệm vụ, giải pháp
- Mỗi bộ phận tự đặt mức in trong tháng và báo lại ở buổi sinh hoạt."""
OPINION = "Nên ghi rõ ai theo dõi mức in của từng bộ phận, để đến kỳ sau còn hỏi được."
APOLOGY = "Tôi đi công tác ở huyện từ hôm trước, chưa về kịp."
REMARKS = (
    (
        "lan",
        "Lãng phí thời gian của tập thể là lãng phí lớn nhất mà ít ai thấy.",
        "Tôi có lúc gọi họp khi chưa chuẩn bị xong. Từ nay tài liệu gửi trước một ngày.",
        "Thêm một dòng về thời gian họp vào phần hạn chế.",
    ),
    (
        "son",
        "Người đi trước phải làm gương từ những việc nhỏ như tắt đèn, tắt quạt.",
        "Tôi đã nghỉ công tác nhưng vẫn nhắc con cháu trong nhà làm như vậy.",
        "Đồng ý với dự thảo.",
    ),
)
NEW_REMARK = "Tiết kiệm là việc làm hằng ngày, nói ít, làm nhiều."
PRESENTED = "Trình bày dự thảo chuyên đề gồm bốn phần và hai câu hỏi gợi ý thảo luận."
CONCLUSION = "Chi bộ thống nhất nội dung chuyên đề. Mỗi bộ phận đặt mức in trong tháng, đồng chí Lê Minh Đức theo dõi."
VOTE = "Thông qua kết luận của buổi sinh hoạt chuyên đề"
TASK = "Theo dõi mức in của từng bộ phận, báo cáo ở buổi sinh hoạt kỳ sau"
QUALITY = "Đủ các bước, thảo luận thẳng thắn. Chi bộ tự nhận mức Tốt; cần nói ngắn hơn."
CORRECTION = "Mục II.5: đồng chí Trần Thị Lan phát biểu “gửi trước hai ngày”, không phải một ngày."


class Evening:
    """One meeting and the people around it; each method is one step of the story, at the time that it would have."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.lead = stage.account("thanh")
        self.begins = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=95)
        self.meeting = self._plan()

    def at(self, minutes: int) -> datetime:
        return self.begins + timedelta(minutes=minutes)

    def by_lead(self, minutes: int = 0) -> dict[str, Any]:
        return {"by": self.lead, "at": self.at(minutes)}

    def fresh(self) -> Meeting:
        self.meeting = Meeting.objects.with_people().get(pk=self.meeting.pk)
        return self.meeting

    def _plan(self) -> Meeting:
        cast = self.stage.cast
        return planning.plan_meeting(
            self.stage.cell,
            kind="thematic",
            starts_at=self.stage.at(self.stage.today + timedelta(days=8), 19),
            place=content.PLACE,
            topic=TOPIC,
            chair=cast["thanh"],
            minute_taker=cast["hoa"],
            author=cast["binh"],
            purpose=PURPOSE,
            **self.by_lead(-60),
        )

    def write_draft(self) -> None:
        author = self.stage.account("binh")
        paper = self.meeting.paper
        save_text("draft", paper, {"draft": DRAFT}, base=paper.rev, by=author, at=self.at(-50))
        thematic.agree(paper, **self.by_lead(-45))
        thematic.share(paper, by=author, at=self.at(-40))

    def call(self) -> None:
        planning.call(self.fresh(), **self.by_lead(-30))

    def apologise(self) -> None:
        row = self.meeting.attendances.get(member=self.stage.cast["duc"])
        planning.apologise(row, reason=APOLOGY, by=self.stage.account("duc"), at=self.at(-20))

    def begin(self) -> None:
        """The evening has come: the meeting's time is now."""
        Meeting.objects.filter(pk=self.meeting.pk).update(starts_at=self.begins)
        evening.open_meeting(self.fresh(), **self.by_lead(1))

    def item(self, step: str) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting__cell").get(meeting=self.meeting, step=step)

    def hold(self, *steps: str, minutes: int) -> None:
        for number, step in enumerate(steps):
            evening.start_item(self.item(step), **self.by_lead(minutes + 4 * number))

    def discuss(self) -> None:
        evening.mark_rest_present(self.meeting, **self.by_lead(3))
        self.hold("opening", "past_tasks", "purpose", "present_paper", minutes=3)
        paper = self.item("present_paper")
        save_text("item", paper, {"notes": PRESENTED}, base=0, **self.by_lead(20))
        self.report_promises()
        self.hold("thematic_discussion", minutes=30)
        item = self.item("thematic_discussion")
        for number, (key, awareness, relation, proposal) in enumerate(REMARKS):
            row = self.meeting.attendances.get(member=self.stage.cast[key])
            remark = evening.add_remark(item, row, **self.by_lead(32 + 6 * number))
            parts = {"awareness": awareness, "relation": relation, "proposal": proposal}
            save_text("remark", remark, parts, base=0, **self.by_lead(33 + 6 * number))

    def report_promises(self) -> None:
        task = self.stage.cell.tasks.unfinished().order_by("due_on", "pk").first()
        following.report_task(
            task, self.fresh(), state="done", result="Đã xong, có bản ghi kèm theo.", **self.by_lead(8)
        )

    def change_newest_remark_elsewhere(self) -> None:
        """The minute-taker's own machine saves other words for the same remark."""
        remark = Remark.objects.select_related("meeting__cell").filter(meeting=self.meeting).latest("pk")
        words = {"awareness": "Tiết kiệm phải thành nếp, bắt đầu từ người đứng đầu."}
        save_text("remark", remark, words, base=remark.rev, by=self.stage.account("hoa"), at=timezone.now())

    def conclude(self) -> None:
        self.hold("assess_topic", "conclusion", minutes=70)
        item = self.item("conclusion")
        save_text("item", item, {"conclusion": CONCLUSION}, base=item.rev, **self.by_lead(76))

    def decide(self) -> None:
        item = self.item("conclusion")
        evening.record_vote(item, question=VOTE, in_favour=8, against=0, other=0, **self.by_lead(80))
        following.assign_task(
            self.meeting,
            text=TASK,
            owner=self.stage.cast["duc"],
            due_on=timezone.localdate(self.begins) + timedelta(days=28),
            item=item,
            **self.by_lead(82),
        )

    def finish(self) -> None:
        self.hold("quality", "read_minutes", minutes=84)
        row = self.fresh()
        texts = {"dues": content.DUES, "quality": QUALITY}
        save_text("meeting", row, texts, base=row.rev, **self.by_lead(88))
        evening.read_back(self.fresh(), **self.by_lead(92))

    def opinion(self) -> Opinion:
        return self.meeting.opinions.get()

    def correct(self) -> None:
        minutes.add_addendum(self.fresh(), text=CORRECTION, reason="Ghi nhầm số ngày", by=self.lead, at=timezone.now())
