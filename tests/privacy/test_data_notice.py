"""The notice to members says what the README says to whoever sets the program up."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from privacy.data_notice import current

# What stays plain in a stolen database: in README.md, in the notice.
PLAIN = {
    "the minutes of ordinary meetings": "biên bản sinh hoạt thường kỳ",
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
