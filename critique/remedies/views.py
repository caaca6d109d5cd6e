"""Screens of the register: the cell as a whole with one's own items, one item with its checks, entering one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.remedies import actions, register
from critique.remedies.fixed import rhythm_of
from critique.remedies.forms import ArrangeForm, CheckForm, CloseForm, EnterForm, LinkForm, ReopenForm, ReportForm
from critique.remedies.models import Remedy, RemedyCheck
from critique.remedies.papers import build_followed, build_plan
from critique.writing.models import SelfReview
from documents.http import paper_response
from meetings.forms.programme import YEARS
from meetings.models import Meeting
from meetings.views.shared import act
from members.access import load, load_cell, require
from members.forming import run
from members.page_forms import PageForm, Sent, Shown, shown, use
from members.policy import may
from members.private import private
from members.roster import people_today

if TYPE_CHECKING:
    from datetime import date

    from members.access import MemberRequest
    from members.models import Member, Organisation, User

MEETINGS = 6  # the latest to choose from


@private
@require_GET
def remedy_list(request: MemberRequest, cell: int) -> HttpResponse:
    """For everybody: counts of the cell, its own items, one's own. For the committee: all."""
    organisation = load_cell(request, "remedy.list", cell)
    user, today = request.user, timezone.localdate()
    rows = list(Remedy.objects.for_user(user).in_cell(organisation).in_order())
    context = {
        "cell": organisation,
        "counts": register.counts(organisation, today),
        "groups": [
            _group("Của tôi", [row for row in rows if row.about_id and row.about_id == user.member_id], today),
            _group("Của cả chi bộ", [row for row in rows if row.about_id is None], today),
            _group(
                "Của các đồng chí khác",
                [row for row in rows if row.about_id not in (None, user.member_id)],
                today,
                True,
            ),
        ],
        "nothing": not rows,
        "leads": may(user, "remedy.check", organisation),
        "year": today.year,
        "years": [today.year, today.year - 1],
        "people": register.named_in(rows),
        "own": user.member_id,
    }
    return render(request, "critique/remedies.html", context)


def _group(title: str, rows: list[Remedy], today: date, named: bool = False) -> tuple[str, bool, list[Any], list[Any]]:
    open_rows = [(row, row.is_overdue(today)) for row in rows if row.is_open]
    return title, named, open_rows, [(row, False) for row in rows if not row.is_open]


def _paper(
    request: MemberRequest, cell: Organisation, year: int, rows: Any, about: Member | None = None
) -> HttpResponse:
    """The plan where it is asked for, else the register: of what this account may know, and nothing else."""
    if year not in YEARS:
        raise Http404
    kept = rows.for_user(request.user).in_cell(cell)
    now = timezone.now()
    if request.GET.get("kieu") == "ke-hoach":
        return paper_response(
            request, build_plan(cell, year, kept.planned_after(year), timezone.localdate(now), about=about)
        )
    return paper_response(request, build_followed(cell, year, kept.followed_in(year), now, about=about))


@private
@require_GET
def remedies_pdf(request: MemberRequest, cell: int, year: int) -> HttpResponse:
    """The cell's items and everybody's, for the committee."""
    return _paper(request, load_cell(request, "remedy.check", cell), year, Remedy.objects.all())


@private
@require_GET
def cell_remedies_pdf(request: MemberRequest, cell: int, year: int) -> HttpResponse:
    """The items of the cell as a whole, which everybody in it knows."""
    return _paper(request, load_cell(request, "remedy.list", cell), year, Remedy.objects.of_the_whole())


@private
@require_GET
def own_remedies_pdf(request: MemberRequest, cell: int, year: int, member: int) -> HttpResponse:
    """One comrade's items: for themselves and for the committee."""
    organisation = load_cell(request, "remedy.list", cell)
    rows = Remedy.objects.of_person(member)
    if member == request.user.member_id:
        return _paper(request, organisation, year, rows, request.user.member)
    require(request.user, "remedy.check", organisation)
    known = [*people_today(organisation), *register.named_in(rows.in_cell(organisation).with_people())]
    about = next((one for one in known if one.pk == member), None)
    if about is None:
        raise Http404
    return _paper(request, organisation, year, rows, about)


@private
@require_http_methods(["GET", "POST"])
def remedy_new(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "remedy.list", cell)
    leads = may(request.user, "remedy.check", organisation)
    people = people_today(organisation)
    form = EnterForm(request.POST or None, people=people, me=request.user.member, leads=leads)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.enter, organisation, **who, **form.told):
        return redirect(form.outcome) if form.outcome else redirect("remedy-list", cell)
    context = {"cell": organisation, "form": form, "leads": leads}
    return render(request, "critique/remedy_form.html", context, status=422 if form.errors else 200)


def load_remedy(request: MemberRequest, pk: int, action: str) -> Remedy:
    remedy: Remedy = load(request, Remedy.objects.with_people(), action, pk=pk)
    return remedy


@private
@require_GET
def remedy(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, load_remedy(request, pk, "remedy.see"))


def _page(
    request: MemberRequest, row: Remedy, sent: Sent | None = None, check: RemedyCheck | None = None
) -> HttpResponse:
    """The item with every form that this person may use; one of them may come back with what was typed."""
    today = timezone.localdate()
    checks = list(row.checks.with_people())
    waiting = next((one for one in checks if one.is_waiting), None)
    doings = _forms(request.user, row, check or waiting, sent)
    context: dict[str, Any] = {
        "remedy": row,
        "cell": row.cell,
        "checks": [one for one in checks if one.dropped_at is None],
        "notes": row.notes.with_people(),
        "overdue": row.is_overdue(today),
        "earlier_days": register.earlier_days(row),
        "today": today,
        "rhythm": rhythm_of(row.cell, today),
        "mine": row.about_id is not None and row.about_id == request.user.member_id,
        "doings": doings,
        "others": [one for one in doings if not one.main],
    }
    return render(request, "critique/remedy.html", context, status=422 if sent else 200)


def _meetings(row: Remedy) -> list[Meeting]:
    return list(Meeting.objects.held().in_cell(row.cell_id)[:MEETINGS])


# What may be done, in the order of the page.
FORMS = {
    "check": PageForm(
        "remedy.check",
        lambda row, posted: CheckForm(posted, meetings=_meetings(row), auto_id="check_%s"),
        actions.check,
        "Ghi kết quả rà soát",
        "Chi uỷ ghi điều đã thấy ở lần rà soát này.",
        "Ghi kết quả",
    ),
    "report": PageForm(
        "remedy.report",
        lambda row, posted: ReportForm(posted, auto_id="report_%s"),
        actions.report,
        "Ghi tiến độ",
        "Đã làm đến đâu; chi uỷ rà soát và kết luận sau.",
        "Ghi tiến độ",
        draft="remedy-report",
    ),
    "close": PageForm(
        "remedy.close",
        lambda row, posted: CloseForm(posted, meetings=_meetings(row), auto_id="close_%s"),
        actions.close,
        "Kết luận đã khắc phục",
        "Việc được đóng với minh chứng; các lần rà soát còn lại thôi.",
        "Đóng việc này",
    ),
    "arrange": PageForm(
        "remedy.arrange",
        lambda row, posted: ArrangeForm(posted, remedy=row, auto_id="arrange_%s"),
        actions.arrange,
        "Phân công, thời hạn, bổ sung",
        "Điều đã ghi thì giữ nguyên; chỉ ghi thêm mục còn trống.",
        "Lưu",
    ),
    "link": PageForm(
        "remedy.check",
        lambda row, posted: LinkForm(posted, earlier=row.earlier_ones, auto_id="link_%s").over(
            {"earlier": row.recurs_id}
        ),
        actions.link,
        "Tái diễn từ việc trước",
        "Nối với việc trước đó của cùng đồng chí hoặc chi bộ.",
        "Nối",
    ),
    "reopen": PageForm(
        "remedy.close",
        lambda row, posted: ReopenForm(posted, auto_id="reopen_%s"),
        actions.reopen,
        "Mở lại",
        "Việc chưa thật sự xong: lại được rà soát sau 30, 60, 90 ngày.",
        "Mở lại việc này",
    ),
}


def _forms(user: User, row: Remedy, check: RemedyCheck | None, sent: Sent | None) -> list[Shown]:
    """The check that is due, or else one's own report, stands open and is the main thing to do."""
    due = check is not None and check.due_on <= timezone.localdate()
    own = user.member_id is not None and user.member_id == row.about_id
    return shown(
        user,
        row,
        FORMS,
        usable=lambda kind: (kind == "reopen") != row.is_open and _is_there(kind, row, check),
        main=lambda kind: (kind == "check" and due) or (kind == "report" and own),
        address=lambda kind: reverse(f"remedy-{kind}", args=[check.pk if kind == "check" and check else row.pk]),
        sent=sent,
    )


def _is_there(kind: str, row: Remedy, check: RemedyCheck | None) -> bool:
    """A check that waits for its result; an earlier item that this one can be linked with."""
    return check is not None if kind == "check" else kind != "link" or bool(row.earlier_ones)


def _do(request: MemberRequest, row: Remedy, kind: str, check: RemedyCheck | None = None) -> HttpResponse:
    """Run one form's action and go back to the item, or show it again with the form as it was typed."""

    def page(sent: Sent) -> HttpResponse:
        return _page(request, load_remedy(request, row.pk, "remedy.see"), sent, check)

    return use(request, kind, FORMS[kind], row, page=page, then=row, on=check)


@private
@require_POST
def remedy_report(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, load_remedy(request, pk, "remedy.report"), "report")


@private
@require_POST
def remedy_arrange(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, load_remedy(request, pk, "remedy.arrange"), "arrange")


@private
@require_POST
def remedy_check(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the planned days: two people who answer the same one at once do not fill two."""
    row = load(request, RemedyCheck.objects.with_remedy(), "remedy.check", pk=pk)
    return _do(request, row.remedy, "check", row)


@private
@require_POST
def remedy_close(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, load_remedy(request, pk, "remedy.close"), "close")


@private
@require_POST
def remedy_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, load_remedy(request, pk, "remedy.close"), "reopen")


@private
@require_POST
def remedy_link(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, load_remedy(request, pk, "remedy.check"), "link")


@private
@require_POST
def remedy_take_up(request: MemberRequest, pk: int) -> HttpResponse:
    """The promises of one submitted self-review, put into the register without being shown on the way."""
    review = load(request, SelfReview.objects.with_people(), "remedy.take", pk=pk)
    said = "Đã đưa những điều đã hứa vào danh sách khắc phục hạn chế."
    return act(request, review.cycle, actions.take_up, review, said=said)
