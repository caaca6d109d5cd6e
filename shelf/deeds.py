"""What is done on a shelf, in words for the log."""

from __future__ import annotations

from members.deeds.words import Kind, Thing, acts
from shelf.models import Entry

_DONE = {
    "put_on_shelf": "Đưa tài liệu vào tủ",
    "correct_source": "Sửa nguồn của tài liệu",
    "take_off_shelf": "Cất tài liệu khỏi tủ",
    "attach_to_entry": "Đính kèm tệp của tài liệu",
    "quote_entry": "Chép một đoạn trích",
    "drop_quotation": "Bỏ một đoạn trích",
}

THINGS = (Thing(Entry, "Tủ tài liệu", acts(Kind.PLAN, _DONE)),)
