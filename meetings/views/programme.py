"""The year: one screen for its programme, and the same as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.html import to_fragment
from documents.http import paper_response
from meetings.actions import programme as actions
from meetings.coming import rule_of
from meetings.forms.programme import YEARS, LayOutForm, MonthForm, ProgrammeForm, caught_up
from meetings.lifecycle import State
from meetings.models import Programme, ProgrammeLine
from meetings.papers.programme import build_programme
from meetings.views.shared import act
from meetings.year import Year, advice, months_open, people_for
from members.access import load, load_cell
from members.forming import answer, run
from members.policy import may
from members.press import press_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.access import MemberRequest
    from members.models import Organisation

SAVED = "Đã lưu chương trình."


@require_GET
def programme(request: MemberRequest, cell: int, year: int) -> HttpResponse:
    organisation = load_cell(request, "programme.see", cell)
    _known(year)
    held = Programme.objects.with_cell().of_year(organisation, year).first()
    if held is None:
        return _start(request, organisation, year, LayOutForm(rule=rule_of(organisation)))
    found = Year.of(held)
    people = people_for(found) if may(request.user, "programme.edit", held) else []
    return _page(request, found, ProgrammeForm(None, programme=held, lines=found.lines, people=people))


def _known(year: int) -> None:
    if year not in YEARS:
        raise Http404


def _start(request: MemberRequest, cell: Organisation, year: int, form: LayOutForm) -> HttpResponse:
    """Before there is a programme: the one button that lays it out."""
    context = {"cell": cell, "year": year, "years": _years(year), "may_edit": may(request.user, "programme.edit", cell)}
    return answer(request, "meetings/programme_start.html", form, **context)


def _years(year: int) -> list[int]:
    return [one for one in (year - 1, year, year + 1) if one in YEARS]


def _page(request: MemberRequest, year: Year, form: ProgrammeForm, status: int = 200) -> HttpResponse:
    held, asks, findings, today = year.programme, year.asks(), advice(year), timezone.localdate()
    running = months_open(held.year, today)
    sees_plans = may(request.user, "plan.see", held)
    context = {
        "cell": held.cell,
        "programme": held,
        "year": held.year,
        "years": _years(held.year),
        "form": form,
        "rows": [(line, form.rows.get(line.pk), asks[line.pk], line.month in running) for line in year.lines],
        "may_edit": may(request.user, "programme.edit", held),
        "hidden_state": "" if sees_plans else State.PLAN,
        "findings": findings,
        "unreported": any(finding.code == "plan_reported" for finding in findings),
        "unplaced": year.unplaced(),
        "without_line": year.without_line(),
        "month_form": MonthForm(),
        "soon": today.month if held.year == today.year else 1,
    }
    return render(request, "meetings/programme.html", context, status=status)


@require_POST
def programme_lay_out(request: MemberRequest, cell: int, year: int) -> HttpResponse:
    organisation = load_cell(request, "programme.edit", cell)
    _known(year)
    form = LayOutForm(request.POST, rule=rule_of(organisation))
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, actions.lay_out, organisation, year=year, **form.given, **who):
        return redirect("programme", cell, year)
    return _start(request, organisation, year, form)


@require_POST
def programme_save(request: MemberRequest, pk: int) -> HttpResponse:
    held = load(request, Programme.objects.with_cell(), "programme.edit", pk=pk)
    rotate = request.POST.get("do") == "rotate"

    def save(form: ProgrammeForm, **who: Any) -> bool:
        return run(form, actions.save, held, form.typed, rotate=rotate, **who)

    return _sent(request, held, save)


@require_POST
def line_plan(request: MemberRequest, pk: int) -> HttpResponse:
    line = load(request, ProgrammeLine.objects.with_cell(), "programme.edit", pk=pk)

    def plan(form: ProgrammeForm, **who: Any) -> bool:
        return run(form, actions.plan_line, line, form.typed, **who)

    return _sent(request, line.programme, plan)


def _sent(request: MemberRequest, held: Programme, do: Callable[..., bool]) -> HttpResponse:
    """The page as it was sent; if it cannot be saved, the same page with everything that was typed."""
    year = Year.of(held)
    given: dict[str, Any] = {"programme": held, "lines": year.lines, "people": people_for(year)}
    form = ProgrammeForm(request.POST, **given)
    if not form.is_valid():
        return _page(request, year, form, status=422)
    try:
        done = do(form, by=request.user, at=timezone.now(), key=press_of(request))
    except actions.Overtaken as newer:
        form = ProgrammeForm(caught_up(request.POST, newer, held, year.lines), **given)
        form.tell(newer)
        return _page(request, year, form, status=409)
    if not done:
        return _page(request, year, form, status=422)
    if form.outcome is not None:
        return redirect(form.outcome)
    messages.success(request, SAVED)
    return redirect("programme", held.cell_id, held.year)


@require_GET
def programme_paper(request: MemberRequest, pk: int) -> HttpResponse:
    held = load(request, Programme.objects.with_cell(), "programme.see", pk=pk)
    paper = to_fragment(build_programme(Year.of(held)))
    return render(request, "meetings/programme_paper.html", {"programme": held, "cell": held.cell, "paper": paper})


@require_GET
def programme_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    held = load(request, Programme.objects.with_cell(), "programme.see", pk=pk)
    return paper_response(request, build_programme(Year.of(held)))


@require_POST
def programme_report(request: MemberRequest, pk: int) -> HttpResponse:
    held = load(request, Programme.objects.with_cell(), "programme.edit", pk=pk)
    back = redirect("programme", held.cell_id, held.year).url
    return act(request, back, actions.report_up, held, said="Đã ghi việc báo cáo cấp trên.")
