"""A page with several small forms, each behind its own button: which of them somebody may use, and using one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils import timezone

from members.edits import undisturbed
from members.forming import run
from members.models import Changing
from members.policy import may
from members.saving.drafts import draft_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import Form
    from django.http import HttpResponse

    from members.access import MemberRequest
    from members.models import User
    from members.saving.models import UnsentDraft


@dataclass(frozen=True, slots=True)
class PageForm:
    """One thing that may be done on a page.

    `needs`: the right. `ask`: the word on the closed button, `for_me` where it is about oneself. `says`: what it
    means. `do`: the word that decides. `build`: thing and what was posted, or None, to a form. `action`: what it does.
    `draft`: the sheet that keeps its long texts until it is sent.
    """

    needs: str
    build: Callable[[Any, Any], Form]
    action: Callable[..., Any]
    ask: str
    says: str
    do: str
    for_me: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and refused: shown again as it was typed."""

    kind: str
    form: Form


@dataclass(frozen=True, slots=True)
class Shown:
    """One form as the template `ui/page_form.html` shows it; the main one stands open."""

    ask: str
    says: str
    do: str
    address: str
    form: Form
    open: bool
    main: bool
    draft: UnsentDraft | None = None


def shown(
    user: User,
    thing: Model,
    forms: Mapping[str, PageForm],
    *,
    usable: Callable[[str], bool],
    main: Callable[[str], bool],
    address: Callable[[str], str],
    sent: Sent | None,
    mine: bool = False,
) -> list[Shown]:
    """In the table's order, those that the state leaves and the person may use; the first that is `main` is the one."""
    found: list[Shown] = []
    for kind, one in forms.items():
        again = sent.form if sent is not None and sent.kind == kind else None
        if again is None and not (usable(kind) and may(user, one.needs, thing)):
            continue
        form = again if again is not None else one.build(thing, None)
        draft = draft_of(one.draft, thing, user) if one.draft else None
        if draft is not None:
            form.initial.update(draft.texts)
        first = main(kind) and not any(known.main for known in found)
        ask = one.for_me if mine and one.for_me else one.ask
        found.append(Shown(ask, one.says, one.do, address(kind), form, first or again is not None, first, draft))
    return found


def use(
    request: MemberRequest,
    kind: str,
    one: PageForm,
    thing: Any,
    *,
    page: Callable[[Sent], HttpResponse],
    then: Any,
    on: Any = None,
) -> HttpResponse:
    """Do what one form asks for (`on` a row of the thing, where it is about one) and go on, or show it as typed."""
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, thing) if isinstance(thing, Changing) else nullcontext():
        form = one.build(thing, request.POST)
        if form.is_valid() and run(form, one.action, on or thing, **who, **form.cleaned_data):
            if one.draft:
                draft_of(one.draft, thing, request.user).forget()
            return redirect(then)
    return page(Sent(kind, form))
