"""What is asked of many cells at once: the guideline's figure, or the one that the nearest committee has fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, Value, When

from guideline import rulebook as rules
from guideline.local import LOCAL_KEYS
from meetings import fixed
from rulings.models import Ruling

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from django.db.models import Field

    from guideline.local import LocalFigure
    from guideline.model import Rulebook, RuleKey
    from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Targets:
    """`fixed`: by rule, what organisations in a tree and above it have fixed, the deepest first."""

    fixed: Mapping[RuleKey, list[tuple[str, list[LocalFigure]]]]

    @classmethod
    def on(cls, day: date, roots: Collection[Organisation]) -> Targets:
        """In force on that day for anything in these trees. One query."""
        rows = Ruling.objects.on(day).touching(roots).filter(subject__in=LOCAL_KEYS).nearest_first()
        found: dict[RuleKey, list[tuple[str, list[LocalFigure]]]] = {}
        for row in rows:
            figure, path = fixed.figure_of(row), row.organisation.path
            held = found.setdefault(figure.key, [])
            if not held or held[-1][0] != path:
                held.append((path, []))
            held[-1][1].append(figure)
        return cls(found)

    def asked(
        self,
        key: RuleKey,
        usual: Callable[[Rulebook], Any],
        said: Callable[[int], Any],
        kind: Field[Any, Any],
    ) -> Case:
        """Of a meeting: `said` of the figure that its nearest committee has fixed for cells of its size, `usual` of its
        guideline where none has. An expression of the database, the same for every cell.
        """
        central: Any = Case(
            *(When(rulebook=book.key, then=_value(usual(book), kind)) for book in rules.RULEBOOKS), output_field=kind
        )
        whens = []
        for path, figures in self.fixed.get(key, []):
            here = Q(cell__path__startswith=path)
            whens += [When(here & _of_size(one), then=_value(said(one.figure), kind)) for one in figures]
            whens.append(When(here, then=central))
        return Case(*whens, default=central, output_field=kind)


def _of_size(figure: LocalFigure) -> Q:
    """By those whom the roll has counted."""
    found = Q()
    if figure.members_from is not None:
        found &= Q(minutes__counted__gte=figure.members_from)
    if figure.members_to is not None:
        found &= Q(minutes__counted__lte=figure.members_to)
    return found


def _value(found: Any, kind: Field[Any, Any]) -> Value:
    return Value(found, output_field=kind)
