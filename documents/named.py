"""What kinds of papers are called, and by which letters of its number one knows them: "15-HD/ĐU"."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "KL": "Kết luận",
    "QC": "Quy chế",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "CTr": "Chương trình",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "BB": "Biên bản",
    "CT": "Chỉ thị",
    "HD": "Hướng dẫn",
}
#: The other kind with the same letters: which of both it is, the letters do not say.
OR_ELSE: Final = {"QĐ": "Quy định"}
_LETTERS = re.compile(rf"\d-({'|'.join(NAMES)})/")


def kinds_in(*texts: str) -> str:
    """ "Quyết định, quy định" for what bears "24-QĐ/TW"; nothing where the kind stands beside the number anyway."""
    said = " ".join(texts)
    found: list[str] = []
    for letters in dict.fromkeys(_LETTERS.findall(said)):
        names = [name for name in (NAMES[letters], OR_ELSE.get(letters)) if name]
        if not any(name.casefold() in said.casefold() for name in names):
            found += [name.lower() for name in names]
    return ", ".join(found).capitalize()
