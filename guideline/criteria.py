"""The score sheets side by side: which belong to which guideline. The one door for callers, types included."""

from collections.abc import Mapping

from guideline.criteria_hd12 import HD12_SET, PROVINCE_SET
from guideline.criteria_hd42 import HD42_SET, WARD_SET
from guideline.sheet import Band, CriteriaSet, Criterion, Grade, Measure

__all__ = ["SETS", "Band", "CriteriaSet", "Criterion", "Grade", "Measure", "NoCriteriaError", "get", "sets_for"]


class NoCriteriaError(LookupError):
    """No score sheet answers; the message is a sentence for the person who asked."""


# By the guideline's key; the first is the one that a cell gets unless its committee chooses another.
_BY_RULEBOOK: Mapping[str, tuple[CriteriaSet, ...]] = {
    "hd12": (HD12_SET, PROVINCE_SET),
    "hd42": (HD42_SET, WARD_SET),
}
SETS: tuple[CriteriaSet, ...] = tuple(one for sets in _BY_RULEBOOK.values() for one in sets)


def sets_for(rulebook_key: str) -> tuple[CriteriaSet, ...]:
    """The sheets under that guideline, the default first; NoCriteriaError for a guideline that has none."""
    if rulebook_key not in _BY_RULEBOOK:
        raise NoCriteriaError(f"Không có bảng tiêu chí nào cho hướng dẫn mang mã “{rulebook_key}”.")
    return _BY_RULEBOOK[rulebook_key]


def get(key: str) -> CriteriaSet:
    """The sheet with that key; NoCriteriaError for a key that is none."""
    for one in SETS:
        if one.key == key:
            return one
    raise NoCriteriaError(f"Không có bảng tiêu chí nào mang mã “{key}”.")
