"""A conference in Lan's cell: Bình is on the committee, Hoa has submitted, and she is being heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing, HearingOpinion
from members.models import TenureKind
from members.saving.actions import save_text
from tests.critique.conftest import row_of
from tests.factories import at, make_member

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import Member
    from tests.conftest import Cast

ROOM = at("2026-12-04 09:00")
SAID = "Báo cáo tháng nộp chậm ba lần, cả phòng phải chờ"
REPLY = "Tôi nhận, do để dồn việc đến cuối tháng"
FAULT = "Chậm báo cáo do chưa biết sắp xếp việc"

OTHER = "Bản Lan ghi thay, khác lời của Hoa"  # meets another text and is kept by nobody but its author's page
TEXTS = {
    "presented": "Đã đọc bản kiểm điểm, nêu ba việc chậm",
    "response": "Tiếp thu cả hai ý kiến về báo cáo tháng",
    "reply": "Giải trình: số liệu ở các tổ gửi về muộn",
    "ruling": "Ý kiến của đồng chí Tuấn có căn cứ",
    "merits": "Giữ gìn đoàn kết, hay giúp đồng chí mới",
    "faults": "Chậm báo cáo vì dồn việc cuối tháng",
    "duties": "Nộp bản nháp trước ngày 25 hằng tháng",
    "due": "hết quý I năm sau, trước hội nghị",
}
NOTE = {
    "noted": "Hoa hay giúp các đồng chí lớn tuổi dùng máy",
    "wish": "Nên nhận lỗi ngay, đừng đổ cho các tổ",
    "grounds": "Buổi họp tháng Chín tôi ngồi cạnh nghe rõ",
    "suggestion": "Gửi lịch nộp số liệu từ đầu tháng cho các tổ",
}


def who(cast: Cast, member: Member, when: Any = ROOM) -> dict[str, Any]:
    return {"by": cast.account(member), "at": when}


def binh_of(cast: Cast) -> Member:
    return make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")


def again(row: Any) -> Any:
    return type(row).objects.with_people().get(pk=row.pk)


def begin(cast: Cast, cycle: Cycle, member: Member, *, by: Member | None = None) -> Hearing:
    row = row_of(cycle, member)
    made: Hearing = again(actions.begin(row, **who(cast, by or cast.lan)))
    return made


def say(cast: Cast, hearing: Hearing, speaker: Member, *, by: Member | None = None, **more: Any) -> HearingOpinion:
    given = {"words": SAID, **who(cast, by or cast.lan), **more}
    made: HearingOpinion = again(actions.add_opinion(hearing, speaker=speaker, **given))
    return made


def save(cast: Cast, row: Any, part: str, by: Member, *, base: int | None = None, **texts: str) -> Any:
    fresh = again(row)
    known = getattr(fresh, f"{part}_rev") if base is None else base
    return save_text(
        f"{'hearing' if isinstance(fresh, Hearing) else 'opinion'}-{part}", fresh, texts, base=known, **who(cast, by)
    )


def see(cast: Cast, hearing: Hearing, by: Member, **more: Any) -> None:
    fresh = again(hearing)
    actions.confirm_seen(fresh, seen=fresh.said_rev, **{**who(cast, by), **more})


def conclude(cast: Cast, hearing: Hearing, by: Member) -> None:
    save(cast, hearing, "conclusion", by, faults=FAULT, duties="Nộp trước ngày 25", due="31/3/2027")


def finish(cast: Cast, hearing: Hearing, person: Member, *, by: Member | None = None) -> Hearing:
    """One opinion, answered; a conclusion; seen; closed."""
    by = by or cast.lan
    opinion = say(cast, hearing, cast.tuan if person != cast.tuan else cast.lan, by=by)
    save(cast, opinion, "reply", person, stance="accepts", reply=REPLY)
    conclude(cast, hearing, by)
    see(cast, hearing, person)
    actions.close(again(hearing), **who(cast, by))
    found: Hearing = again(hearing)
    return found


def heard_with_a_note(cast: Cast, cycle: Cycle) -> Hearing:
    """Hoa is being heard: words in every place, one of them twice; and Tuấn's private note about her."""
    hearing = begin(cast, cycle, cast.hoa)
    opinion = say(cast, hearing, cast.tuan)
    save(cast, hearing, "presented", cast.lan, presented=TEXTS["presented"])
    save(cast, hearing, "response", cast.hoa, response=TEXTS["response"])
    save(cast, opinion, "reply", cast.hoa, stance="explains", reply=TEXTS["reply"])
    save(cast, opinion, "reply", cast.lan, base=0, stance="accepts", reply=OTHER)
    save(cast, opinion, "ruling", cast.lan, ruling=TEXTS["ruling"])
    save(cast, hearing, "conclusion", cast.lan, **{name: TEXTS[name] for name in ("merits", "faults", "duties", "due")})
    save_text("note", row_of(cycle, cast.hoa), NOTE, base=0, **who(cast, cast.tuan))
    found: Hearing = again(hearing)
    return found
