"""The page from which a cell takes its record along."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from book.models import Link
from chibo.leaving.actions import exported
from chibo.leaving.export import paper_kinds, write
from chibo.leaving.forms import ExportForm
from chibo.leaving.travels import staying
from members.access import load_cell
from members.forming import answer
from members.private import private

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from members.access import MemberRequest
    from members.models import Organisation

#: A paper that nobody has asked for yet takes some tenths of a second, and a browser does not wait for minutes.
MOST_PAPERS = 150


@private
@require_http_methods(["GET", "POST"])
def cell_export(request: MemberRequest, cell: int) -> HttpResponseBase:
    """POST answers with the archive; the account's own password is asked each time."""
    organisation = load_cell(request, "cell.export", cell)
    papers = Link.objects.of_kinds(organisation, paper_kinds()).count()
    form = ExportForm(request.user, request.POST or None)
    if papers <= MOST_PAPERS and form.is_valid():
        return _archive(request, organisation, form.cleaned_data["password"])
    context = {"cell": organisation, "papers": papers, "too_many": papers > MOST_PAPERS, "stays": [*staying()]}
    page: HttpResponse = answer(request, "chibo/cell_export.html", form, **context)
    return page


def _archive(request: MemberRequest, cell: Organisation, passphrase: str) -> FileResponse:
    """Written down before it leaves; a file without a name holds it until then, locked."""
    held, now = TemporaryFile(), timezone.now()  # noqa: SIM115  # the response closes it
    try:
        write(held, passphrase, cell, now)
        exported(cell, by=request.user, at=timezone.now())
    except BaseException:
        held.close()
        raise
    held.seek(0)
    name = f"chi-bo-{cell.pk}-{timezone.localdate(now):%Y-%m-%d}.chibo"
    response = FileResponse(held, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
