"""The notice to members says what the README says to whoever sets the program up."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from privacy.data_notice import NOTICES, current

# What stays plain in a stolen database: in README.md, in the notice.
PLAIN = {
    "the minutes of ordinary meetings": "biên bản sinh hoạt thường kỳ",
    "what is proposed for a meeting and what is answered": "nội dung đề xuất cho buổi tới và lời trả lời",
    "attached files": "tệp đính kèm",
    "what is answered to work and topics from above": "lời trả lời việc, nội dung cấp trên giao",
    "names and standings": "họ tên, tư cách, chức vụ",
    "the level of each person at each step": "mức xếp loại của từng đồng chí qua từng bước",
    "the figures of a ballot": "số phiếu kiểm",
    "the days and the state of what is put right, of letters and of requests": "ngày và tình trạng của việc khắc phục, "
    "của ý kiến, đề nghị bằng văn bản",
    "who wrote, spoke or sent a letter about whom and when": "ai đã viết, phát biểu, gửi ý kiến về ai và lúc nào",
    "who keeps a private note": "ai có ghi chú riêng",
    "who has opened what": "ai đã mở đọc gì",
    "the log of who did what": "nhật ký ai đã làm gì",
}

# What stands for the words that were agreed to, of every version but the newest.
DIGESTS = {"2026-11": "4e3670e3e7a80934", "2026-12": "1db1c61727f3385c", "2026-12-2": "de945436dec77aeb"}


def test_the_notice_names_all_that_stays_plain_as_the_readme_does() -> None:
    readme = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    said = readme.partition("In plain in a stolen database stand: ")[2].partition("; never the words.")[0]
    words = " ".join(current().text.split())
    assert [notice for notice in PLAIN.values() if notice not in words] == []
    left = said
    for part in PLAIN:
        assert part in left
        left = left.replace(part, "", 1)
    assert left.replace("and", "").strip(" ,") == "", "the README names more than the notice"


def test_the_notice_names_what_later_rooms_keep_and_give_away() -> None:
    parts = {heading: " ".join(paragraphs) for heading, paragraphs in current().parts}
    for heading, words in (
        ("Lưu những gì", "Ảnh chụp buổi sinh hoạt trong tin bài"),
        ("Lưu những gì", "Bản ký số của biên bản, nghị quyết mà đồng chí ký"),
        ("Lưu những gì", "được chép thêm một lần, bỏ dấu, để tìm"),
        ("Ai xem được", "Tin bài và ảnh: chi uỷ, chủ trì, thư ký buổi họp"),
        ("Lưu những gì", "Nội dung đồng chí đề xuất cho buổi sinh hoạt tới"),
        ("Ai xem được", "Nội dung đề xuất: người đề xuất và chi uỷ"),
        ("Ai xem được", "Chuyển sinh hoạt trong cùng máy chủ"),
        ("Ai xem được", "chi bộ đã họp ngày nào mà biên bản chưa ký"),
        ("Ai xem được", "cấp trên thấy chi bộ xếp vào tháng nào"),
        ("Lưu những gì", "Bản ký số biên bản đầy đủ của hội nghị kiểm điểm được mã hoá"),
        ("Ai xem được", "xuất được dữ liệu của chi bộ thành một tệp có mật khẩu"),
        ("Giữ bao lâu", "bản in dài lập riêng (mã hoá, một ngày)"),
    ):
        assert words in parts[heading]


def test_a_notice_that_people_have_agreed_to_is_never_changed() -> None:
    """A new one is added below; of the newest this is true once it has gone out."""
    said = {one.version: hashlib.sha256(one.text.encode()).hexdigest()[:16] for one in NOTICES[:-1]}
    assert said == DIGESTS
