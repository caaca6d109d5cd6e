"""Screens of levels: the cell's list, one level with its steps, what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from critique.cycle.access import load_cycle
from critique.cycle.models import Cycle, Participant
from critique.levels import standing as levels
from critique.levels.actions import entries as actions
from critique.levels.appraised import build_again
from critique.levels.forms import (
    AnswerForm,
    AppraiseForm,
    ComplainForm,
    DecideAgainForm,
    DecideForm,
    NotifyForm,
    ProposeForm,
)
from critique.levels.handing_up import build_proposals
from critique.levels.models import Ballot
from critique.levels.papers import build_published, day_published
from critique.levels.voting import CAP_CLAUSE
from critique.lifecycle import AFTER_MEETING
from critique.writing import carried as facts
from documents.http import paper_response
from meetings.views.shared import act
from members.access import load
from members.page_forms import PageForm, Sent, Shown, shown, use
from members.policy import may
from members.private import private

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.levels.standing import Standing
    from members.access import MemberRequest
    from members.forming import HouseForm
    from members.models import User


@private
@require_GET
def level_list(request: MemberRequest, pk: int) -> HttpResponse:
    """For the committee, and once it was handed up for whoever follows from above; no word of anybody."""
    row = load_cycle(request, pk, "level.list")
    found = levels.standings(row)
    leads = may(request.user, "level.send", row) and row.state in AFTER_MEETING
    context = {
        "cycle": row,
        "standings": found,
        "ballots": Ballot.objects.for_user(request.user).of(row),
        "above": not may(request.user, "cycle.see", row),
        "leads": leads,
        "missing": _missing(row, found) if leads and row.handed_up_at is None else [],
        "begun": leads and row.handed_up_at is not None and levels.superior_has_begun(row),
        "to_publish": any(one.in_force and one.in_force != one.published for one in found),
        "untold": [one.row for one in found if one.in_force and not one.notified],
        "counted": levels.counted(one.going for one in found if one.row.member_id is not None),
        "cap": levels.cap_in(row.cell, (one.going for one in found if one.row.member_id is not None)),
        "clause": CAP_CLAUSE,
        "sealed": hasattr(row, "proceedings"),
    }
    return render(request, "critique/levels.html", context)


def _missing(row: Cycle, found: list[Standing]) -> list[str]:
    """What is not there yet, before the dossier is handed up; advice."""
    unsubmitted = [str(one.row) for one in found if one.row.writes and not _submitted(one.row)]
    unrated = [str(one.row) for one in found if one.row.writes and not one.proposed]
    told = []
    if unsubmitted:
        told.append(f"Chưa nộp bản kiểm điểm: {', '.join(unsubmitted)}.")
    if unrated:
        told.append(f"Chưa có mức chi bộ đề xuất: {', '.join(unrated)}.")
    if row.ballots.unconfirmed().exists():
        told.append("Có biên bản kiểm phiếu chưa đủ hai xác nhận; cấp trên không thấy biên bản này.")
    return told


def _submitted(row: Participant) -> bool:
    return hasattr(row, "review") and row.review.submitted_at is not None


def _step(request: MemberRequest, pk: int, needs: str, action: Callable[..., Any], said: str) -> HttpResponse:
    row = load_cycle(request, pk, needs)
    return act(request, reverse("level-list", args=[pk]), action, row, said=said)


@private
@require_POST
def level_hand_up(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "level.send", actions.hand_up, "Đã nộp lên cấp trên.")


@private
@require_POST
def level_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "level.send", actions.take_back, "Đã rút lại. Sửa xong xin nộp lại.")


@private
@require_POST
def level_publish(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "level.publish", actions.publish, "Đã công bố mức xếp loại cho đảng viên của chi bộ.")


@private
@require_GET
def level_list_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """By name, as it is handed up."""
    return paper_response(request, build_proposals(load_cycle(request, pk, "level.list")))


@require_GET
def published(request: MemberRequest, pk: int) -> HttpResponse:
    """Name and level for everybody of the cell, nothing else."""
    row = load_cycle(request, pk, "cycle.see")
    context = {"cycle": row, "rows": levels.published(row), "day": day_published(row)}
    return render(request, "critique/published.html", context)


@require_GET
def published_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.see")
    return paper_response(request, build_published(row, day_published(row) or timezone.localdate()))


# --- One level ------------------------------------------------------------------------------


def load_row(request: MemberRequest, pk: int, action: str) -> Participant:
    row: Participant = load(request, Participant.objects.with_people().without_words(), action, pk=pk)
    return row


@private
@require_GET
def level(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, load_row(request, pk, "level.see"))


def _page(request: MemberRequest, row: Participant, sent: Sent | None = None) -> HttpResponse:
    """Every step of one level; whoever may take the next has its form."""
    user, found = request.user, levels.standing_of(row)
    mine = row.member_id is not None and row.member_id == user.member_id
    review: Any = getattr(row, "review", None)
    submitted = review is not None and review.submitted_at is not None
    doings = _forms(user, found, mine, sent)
    context: dict[str, Any] = {
        "row": row,
        "cycle": row.cycle,
        "found": found,
        "mine": mine,
        "doings": doings,
        "others": [one for one in doings if not one.main],
        "review": review if submitted and may(user, "selfreview.see", review) else None,
        "check": facts.level_check(review, found.proposed) if mine and submitted and found.proposed else None,
        "may_list": may(user, "level.list", row.cycle),
        "above": not may(user, "cycle.see", row.cycle),
    }
    return render(request, "critique/level.html", context, status=422 if sent else 200)


@private
@require_GET
def level_again_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Form 03: the decision that rates anew, from the record or to be filled in by hand."""
    return paper_response(request, build_again(load_row(request, pk, "level.see"), timezone.localdate()))


def _form(build: type[HouseForm], kind: str) -> Callable[[Participant, Any], HouseForm]:
    return lambda row, posted: build(posted, auto_id=f"{kind}_%s")


def _decide_form(row: Participant, posted: Any) -> DecideForm:
    """The paper of the last decision stands there already."""
    return DecideForm(posted, auto_id="decide_%s", initial={} if posted else levels.last_paper(row.cycle))


FORMS = {
    "decide": PageForm(
        "level.decide",
        _decide_form,
        actions.decide,
        "Ghi quyết định xếp loại",
        "Theo quyết định của cấp có thẩm quyền. Nhập từ bản giấy thì trang này ghi rõ ai nhập.",
        "Ghi quyết định",
    ),
    "appraise": PageForm(
        "level.appraise",
        _form(AppraiseForm, "appraise"),
        actions.appraise,
        "Ghi kết quả thẩm định",
        "Mức mà bên thẩm định đề xuất, trước khi có quyết định. Đồng chí ấy xem được.",
        "Ghi thẩm định",
    ),
    "notify": PageForm(
        "level.notify",
        _form(NotifyForm, "notify"),
        actions.notify,
        "Ghi là đã thông báo",
        "Xác nhận đồng chí đã biết mức xếp loại; không phải là đồng ý.",
        "Xác nhận",
        for_me="Đã được thông báo",
    ),
    "answer": PageForm(
        "level.answer",
        _form(AnswerForm, "answer"),
        actions.answer,
        "Trả lời kiến nghị, khiếu nại",
        "Nếu mức thay đổi thì ghi thêm quyết định xếp loại lại.",
        "Ghi trả lời",
    ),
    "change": PageForm(
        "level.decide",
        _form(DecideAgainForm, "change"),
        actions.decide_again,
        "Quyết định xếp loại lại (Mẫu 03)",
        "Quyết định trước vẫn được giữ; mức mới thay mức cũ.",
        "Ghi quyết định lại",
    ),
    "propose": PageForm(
        "level.propose",
        _form(ProposeForm, "propose"),
        actions.propose,
        "Ghi mức chi bộ đề xuất",
        "Khi chi bộ không bỏ phiếu kín, hoặc kiểm phiếu mà không mức nào đủ tỉ lệ.",
        "Ghi mức đề xuất",
    ),
    "complain": PageForm(
        "level.complain",
        _form(ComplainForm, "complain"),
        actions.complain,
        "Nhập kiến nghị, khiếu nại từ giấy",
        "Chi uỷ và cấp trên xem được để trả lời. Lưu mã hoá. Không ghi bí mật nhà nước.",
        "Gửi kiến nghị",
        for_me="Kiến nghị, khiếu nại",
    ),
}
_MAIN = ("decide", "notify", "answer")


def _is_next(found: Standing, kind: str) -> bool:
    """Whether the state of the level leaves this to be done."""
    row = found.row
    if row.cycle.state not in AFTER_MEETING or not (row.writes or found.steps):
        return False
    sent, decided = row.cycle.handed_up_at is not None, found.decision is not None
    return {
        "propose": not sent and not found.by_ballot,
        "appraise": sent and not decided,
        "decide": sent and not decided,
        "change": sent and decided,
        "notify": decided and not found.notified,
        "complain": decided and not found.open_complaint,
        "answer": found.open_complaint is not None,
    }[kind]


def _forms(user: User, found: Standing, mine: bool, sent: Sent | None) -> list[Shown]:
    row = found.row
    judges = may(user, "level.appraise", row)
    return shown(
        user,
        row,
        FORMS,
        usable=lambda kind: _is_next(found, kind) and (not mine or kind == "propose" or bool(FORMS[kind].for_me)),
        main=lambda kind: kind in _MAIN and (judges or kind == "notify"),
        address=lambda kind: reverse(f"level-{kind}", args=[row.pk]),
        sent=sent,
        mine=mine,
    )


def _do(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Take one step and go back to the level, or show it again with the form as it was typed."""
    row = load_row(request, pk, FORMS[kind].needs)
    then = reverse("level", args=[pk])

    def page(sent: Sent) -> HttpResponse:
        return _page(request, load_row(request, pk, "level.see"), sent)

    return use(request, kind, FORMS[kind], row, page=page, then=then)


@private
@require_POST
def level_propose(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "propose")


@private
@require_POST
def level_appraise(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "appraise")


@private
@require_POST
def level_decide(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "decide")


@private
@require_POST
def level_change(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "change")


@private
@require_POST
def level_notify(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "notify")


@private
@require_POST
def level_complain(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "complain")


@private
@require_POST
def level_answer(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "answer")
