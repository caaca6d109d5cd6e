"""Which rows an account may ask for at all: its own cells, and what the cells below have handed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

Row = TypeVar("Row", bound=models.Model)


class CellScoped(models.QuerySet[Row]):
    """A queryset whose model says where its cell is.

    The model gives `CELL` (lookup of its organisation, "" for the organisation itself) and, where a
    superior committee may see some rows, `SHOWN_ABOVE` (a Q that only those rows satisfy).
    """

    def for_user(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated:
            return self.none()
        cell: str = self.model.CELL  # type: ignore[attr-defined]
        allowed = Q(**{f"{cell}_id__in" if cell else "pk__in": user.cell_ids})
        shown_above: Q | None = getattr(self.model, "SHOWN_ABOVE", None)
        if shown_above is not None:
            for path in user.review_paths:
                allowed |= Q(**{f"{cell}__path__startswith" if cell else "path__startswith": path}) & shown_above
        return self.filter(allowed)

    @classmethod
    def as_manager(cls) -> Any:
        return super().as_manager()
