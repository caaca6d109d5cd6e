"""Which form a year's review was written on, and what of it we have seen: nothing is claimed of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from critique.official_forms.model import FORM_YEAR, FormKind

#: Seen as quoted on thuvienphapluat.vn (30/11/2023): the codes of 2023 and whom each is for, and that of 2019. In 2023
#: 02A and 02B meant the opposite of what they have meant since 2025, and whoever stands outside wrote on 02A.
_CODES_2023 = {
    FormKind.LEADER: "Mẫu 02B-HD KĐ.ĐG 2023",
    FormKind.STAFF: "Mẫu 02A-HD KĐ.ĐG 2023",
    FormKind.OUTSIDE: "Mẫu 02A-HD KĐ.ĐG 2023",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """The forms that a guideline brought. `codes`: of those whose sections we have seen, as printed in the corner."""

    since: int
    guideline: str
    named: str  # what its form for a person was called, as far as that was seen
    codes: Mapping[FormKind, str]


EDITIONS = (
    Edition(2018, "Hướng dẫn 16-HD/BTCTW (24/9/2018)", "", MappingProxyType({})),
    Edition(2019, "Hướng dẫn 21-HD/BTCTW (18/10/2019)", "Mẫu 02-HD KĐ.ĐG 2019", MappingProxyType({})),
    Edition(2023, "Hướng dẫn 25-HD/BTCTW (10/11/2023)", "", MappingProxyType(_CODES_2023)),
)


def edition(year: int) -> Edition | None:
    """None from the year on whose forms these are, and before the first that we know of."""
    if year >= FORM_YEAR:
        return None
    begun = [one for one in EDITIONS if one.since <= year]
    return begun[-1] if begun else Edition(0, "", "", MappingProxyType({}))


def code_of(kind: FormKind, year: int) -> str:
    """The code in the corner of that year's form; empty where its sections were not seen."""
    found = edition(year)
    return found.codes.get(kind, "") if found else ""


def unseen(kind: FormKind, year: int) -> str:
    """What is said of a paper whose year's form we have not seen; empty for one that stands on its form."""
    found = edition(year)
    if found is None or kind in found.codes:
        return ""
    named = f" ({found.named})" if found.named and kind is not FormKind.COLLECTIVE else ""
    whose = f"mẫu của {found.guideline}{named}" if found.guideline else "mẫu khi đó"
    return f"Năm {year} theo {whose}. Chưa có nguyên văn mẫu ấy: bản này chỉ ghi nội dung, không theo mẫu nào."
