"""What every page's navigation needs to know, without a query of its own."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac

from members.models import TenureKind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User


def navigation(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    cells = {tenure.organisation_id: tenure.organisation for tenure in user.tenures}
    own = [cells[pk] for pk in user.cell_ids]
    return {
        "nav_cell": own[0] if own else None,
        "nav_reviewer": bool(user.review_paths),
        "nav_committee": next((t.organisation_id for t in user.tenures if t.kind == TenureKind.REVIEWER), None),
        "draft_key": lambda: _draft_key(user),
    }


def _draft_key(user: User) -> str:
    """What this account's browser encrypts unsent text with: given to signed-in pages, never stored on a device."""
    return b64encode(salted_hmac("chibo.drafts", str(user.pk), algorithm="sha256").digest()).decode()
