"""Score sheets as a table: what is different in an otherwise good meeting, and the points proposed for one line."""

import pytest

from guideline import criteria, rulebook
from guideline.scoring import propose
from tests.guideline.words import KINDS, facts_of, rows

# Bảng tiêu chí | Buổi | Khác với một buổi đủ mọi việc | Dòng | Điểm đề nghị (– là để chi uỷ quyết định)
TABLE = """
hd42        | thường kỳ | đủ mọi việc                               | 1   | 5
hd42        | thường kỳ | đủ mọi việc                               | 2   | 5
hd42        | thường kỳ | đủ mọi việc                               | 3.1 | –
hd42        | thường kỳ | đủ mọi việc                               | 3.2 | 5
hd42        | thường kỳ | đủ mọi việc                               | 4.1 | 5
hd42        | thường kỳ | đủ mọi việc                               | 4.2 | –
hd42        | thường kỳ | đủ mọi việc                               | 4.3 | –
hd42        | thường kỳ | đủ mọi việc                               | 5   | –
hd42        | thường kỳ | đủ mọi việc                               | 6   | 30
hd42        | thường kỳ | đủ mọi việc                               | 7   | 5
hd42        | thường kỳ | kéo dài 90 phút                           | 1   | 5
hd42        | thường kỳ | kéo dài 89 phút                           | 1   | –
hd42        | kết hợp   | kéo dài 119 phút                          | 1   | –
hd42        | kết hợp   | kéo dài 120 phút                          | 1   | 5
hd42        | thường kỳ | khai mạc muộn 10 phút                     | 1   | 5
hd42        | thường kỳ | đang họp, được 95 phút                    | 1   | –
hd42        | thường kỳ | có mặt 18/20                              | 2   | 5
hd42        | thường kỳ | có mặt 17/20                              | 2   | –
hd42        | thường kỳ | có mặt 19/20; 1 người vắng không lý do    | 2   | –
hd42        | thường kỳ | 1 người chưa điểm danh                    | 2   | –
hd42        | thường kỳ | không ai được tính                        | 2   | –
hd42        | thường kỳ | chi uỷ chưa họp                           | 3.2 | –
hd42        | thường kỳ | chi uỷ họp, biên bản chưa ký              | 3.2 | –
hd42        | thường kỳ | chi bộ chỉ có bí thư                      | 3.2 | –
hd42        | thường kỳ | chưa báo cấp trên                         | 3.2 | –
hd42        | thường kỳ | chưa gửi thông báo                        | 3.2 | –
hd42        | thường kỳ | chưa đăng trước buổi họp                  | 3.2 | –
hd42        | thường kỳ | đăng trước 1 ngày, lúc 23:59              | 3.2 | 5
hd42        | thường kỳ | đăng trước 0 ngày, lúc 00:30              | 3.2 | –
hd42        | thường kỳ | chương trình thiếu bước cuối              | 4.1 | –
hd42        | thường kỳ | 1 nội dung chưa xong                      | 4.1 | –
hd42        | chuyên đề | đủ mọi việc                               | 4.1 | 5
hd42        | thường kỳ | xong 3/4 việc                             | 6   | –
hd42        | thường kỳ | không có việc đến hạn                     | 6   | –
hd42        | thường kỳ | chưa ghi kết luận                         | 7   | –
hd42        | thường kỳ | chưa đọc biên bản                         | 7   | –
hd42        | thường kỳ | chưa đăng sau buổi họp                    | 7   | –
hd42        | thường kỳ | đăng sau 2 ngày, lúc 23:30                | 7   | 5
hd42        | thường kỳ | đăng sau 3 ngày, lúc 00:30                | 7   | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 1   | 5
hd42-phuong | thường kỳ | đủ mọi việc                               | 2.1 | 4
hd42-phuong | thường kỳ | đủ mọi việc                               | 2.2 | 1
hd42-phuong | thường kỳ | đủ mọi việc                               | 3.1 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 3.2 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 3.3 | 2
hd42-phuong | thường kỳ | đủ mọi việc                               | 3.4 | 1
hd42-phuong | thường kỳ | đủ mọi việc                               | 3.5 | 2
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.1 | 5
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.2 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.4 | 2
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.5 | 5
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.6 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.7 | 1
hd42-phuong | thường kỳ | đủ mọi việc                               | 4.8 | 1
hd42-phuong | thường kỳ | đủ mọi việc                               | 5.1 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 5.2 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 5.3 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 5.4 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 6.1 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 6.2 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 6.3 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 6.4 | –
hd42-phuong | thường kỳ | đủ mọi việc                               | 7   | 30
hd42-phuong | thường kỳ | đủ mọi việc                               | 8.1 | 2
hd42-phuong | thường kỳ | đủ mọi việc                               | 8.2 | 2
hd42-phuong | thường kỳ | đủ mọi việc                               | 8.3 | 1
hd42-phuong | kết hợp   | đủ mọi việc                               | 4.3 | –
hd42-phuong | thường kỳ | kéo dài 89 phút                           | 1   | 4
hd42-phuong | thường kỳ | kéo dài 75 phút                           | 1   | 4
hd42-phuong | thường kỳ | kéo dài 74 phút                           | 1   | 3
hd42-phuong | thường kỳ | kéo dài 60 phút                           | 1   | 3
hd42-phuong | thường kỳ | kéo dài 59 phút                           | 1   | 2
hd42-phuong | thường kỳ | kéo dài 45 phút                           | 1   | 2
hd42-phuong | thường kỳ | kéo dài 44 phút                           | 1   | 1
hd42-phuong | kết hợp   | kéo dài 105 phút                          | 1   | 4
hd42-phuong | kết hợp   | kéo dài 59 phút                           | 1   | 1
hd42-phuong | thường kỳ | có mặt 18/20                              | 2.1 | 4
hd42-phuong | thường kỳ | có mặt 17/20                              | 2.1 | 3
hd42-phuong | thường kỳ | có mặt 15/20                              | 2.1 | 3
hd42-phuong | thường kỳ | có mặt 14/20                              | 2.1 | 2
hd42-phuong | thường kỳ | có mặt 13/20                              | 2.1 | 2
hd42-phuong | thường kỳ | có mặt 12/20                              | 2.1 | 1
hd42-phuong | thường kỳ | có mặt 19/20; 1 người vắng không lý do    | 2.1 | 1
hd42-phuong | thường kỳ | 1 người vắng có lý do nhiều lần liên tiếp | 2.2 | 0
hd42-phuong | thường kỳ | chi uỷ chưa họp                           | 3.3 | –
hd42-phuong | thường kỳ | chi bộ chỉ có bí thư                      | 3.3 | 2
hd42-phuong | thường kỳ | đăng trước 0 ngày, lúc 06:00              | 3.5 | 0
hd42-phuong | thường kỳ | chưa đăng trước buổi họp                  | 3.5 | –
hd42-phuong | thường kỳ | 1 nội dung chưa xong                      | 4.1 | 0
hd42-phuong | thường kỳ | chưa biểu dương                           | 4.4 | –
hd42-phuong | thường kỳ | có mặt 20/20; 11 người phát biểu          | 4.5 | 5
hd42-phuong | thường kỳ | có mặt 20/20; 10 người phát biểu          | 4.5 | 4
hd42-phuong | thường kỳ | có mặt 20/20; 8 người phát biểu           | 4.5 | 4
hd42-phuong | thường kỳ | có mặt 20/20; 7 người phát biểu           | 4.5 | 3
hd42-phuong | thường kỳ | có mặt 20/20; 5 người phát biểu           | 4.5 | 2
hd42-phuong | thường kỳ | tư tưởng 14 phút                          | 4.7 | 0
hd42-phuong | thường kỳ | tư tưởng 15 phút                          | 4.7 | 1
hd42-phuong | thường kỳ | chưa ghi thời gian tư tưởng               | 4.7 | –
hd42-phuong | thường kỳ | xong 9/10 việc                            | 7   | 30
hd42-phuong | thường kỳ | xong 8/10 việc                            | 7   | 27
hd42-phuong | thường kỳ | xong 7/10 việc                            | 7   | 24
hd42-phuong | thường kỳ | xong 6/10 việc                            | 7   | 20
hd42-phuong | thường kỳ | xong 5/10 việc                            | 7   | 15
hd42-phuong | thường kỳ | xong 4/10 việc                            | 7   | 10
hd42-phuong | thường kỳ | không có việc đến hạn                     | 7   | –
hd42-phuong | thường kỳ | chưa ghi kết luận                         | 8.1 | –
hd42-phuong | thường kỳ | không giao nhiệm vụ                       | 8.2 | –
hd42-phuong | thường kỳ | chưa đăng sau buổi họp                    | 8.3 | –
hd42-phuong | thường kỳ | đăng sau 3 ngày, lúc 00:30                | 8.3 | 0
hd12        | thường kỳ | đủ mọi việc                               | 1   | –
hd12        | thường kỳ | đủ mọi việc                               | 2   | –
hd12        | thường kỳ | đủ mọi việc                               | 3   | –
hd12        | thường kỳ | đủ mọi việc                               | 4   | –
hd12        | thường kỳ | đủ mọi việc                               | 5   | –
hd12-tinh   | thường kỳ | đủ mọi việc                               | 1   | –
hd12-tinh   | thường kỳ | đủ mọi việc                               | 2   | 20
hd12-tinh   | thường kỳ | đủ mọi việc                               | 3   | –
hd12-tinh   | thường kỳ | đủ mọi việc                               | 4   | –
hd12-tinh   | thường kỳ | có mặt 18/20                              | 2   | 20
hd12-tinh   | thường kỳ | có mặt 17/20                              | 2   | –
hd12-tinh   | thường kỳ | có mặt 19/20; 1 người vắng không lý do    | 2   | –
hd12-tinh   | thường kỳ | 1 người vắng có lý do nhiều lần liên tiếp | 2   | –
hd12-tinh   | thường kỳ | 1 người chưa điểm danh                    | 2   | –
"""


@pytest.mark.parametrize("row", rows(TABLE), ids=" · ".join)
def test_what_the_record_proposes(row: tuple[str, ...]) -> None:
    key, kind, said, code, points = row
    book = rulebook.get(key.split("-", maxsplit=1)[0])
    proposed = propose(facts_of(said, book, KINDS[kind]), book, criteria.get(key))
    (line,) = [one for one in proposed if one.code == code]
    assert ("–" if line.points is None else str(line.points)) == points


def test_the_table_has_no_line_twice() -> None:
    assert len({row[:4] for row in rows(TABLE)}) == len(rows(TABLE))
