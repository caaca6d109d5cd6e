"""Hướng dẫn 12-HD/BTCTW as a table: of an otherwise good meeting, what is different and what is then pointed out."""

import pytest

from guideline.checks import findings
from guideline.hd12 import HD12
from tests.guideline.words import KINDS, MOMENTS, facts_of, names_of, rows

# Khi nào | Buổi | Khác với một buổi đủ mọi việc | Được nhắc (– là không có gì)
TABLE = """
trước khi gọi      | thường kỳ | đủ mọi việc                               | –
trước khi gọi      | chuyên đề | đủ mọi việc                               | –
trước khi gọi      | kết hợp   | đủ mọi việc                               | kết hợp khi cần
trước khi gọi      | chi uỷ    | đủ mọi việc                               | –
trước khi gọi      | thường kỳ | chưa có địa điểm                          | thời gian, địa điểm
trước khi gọi      | thường kỳ | chưa có giờ họp                           | thời gian, địa điểm
trước khi gọi      | chi uỷ    | chưa có địa điểm                          | thời gian, địa điểm
trước khi gọi      | thường kỳ | chưa có chủ trì                           | chủ trì
trước khi gọi      | chi uỷ    | chưa có chủ trì                           | chủ trì
trước khi gọi      | chuyên đề | chưa có tên chuyên đề                     | tên chuyên đề
trước khi gọi      | thường kỳ | chưa có tên chuyên đề                     | –
trước khi gọi      | chuyên đề | chưa có người chuẩn bị                    | người chuẩn bị
trước khi gọi      | kết hợp   | chưa có người chuẩn bị                    | người chuẩn bị; kết hợp khi cần
trước khi gọi      | thường kỳ | chưa có chương trình                      | đủ các bước
trước khi gọi      | chi uỷ    | chưa có chương trình                      | –
trước khi gọi      | chuyên đề | chương trình thiếu bước cuối              | đủ các bước
trước khi gọi      | thường kỳ | chương trình 75 phút                      | thời lượng chương trình
trước khi gọi      | thường kỳ | chương trình 90 phút                      | –
trước khi gọi      | kết hợp   | chương trình 110 phút                     | kết hợp khi cần; thời lượng chương trình
trước khi gọi      | chi uỷ    | chương trình 30 phút                      | –
trước khi gọi      | kết hợp   | xen kẽ hai phần                           | kết hợp khi cần
trước khi gọi      | kết hợp   | chuyên đề làm trước                       | kết hợp khi cần
trước khi gọi      | thường kỳ | chi uỷ chưa họp                           | họp chi uỷ
trước khi gọi      | thường kỳ | họp ngày 20                               | –
trước khi gọi      | thường kỳ | chưa có người chuẩn bị bản tin            | –
trước khi gọi      | chi uỷ    | chi uỷ chưa họp                           | –
trước khi gọi      | chuyên đề | chi uỷ chưa thông qua dự thảo             | thông qua dự thảo
trước khi gọi      | chuyên đề | chưa gửi tài liệu                         | gửi dự thảo
trước khi gọi      | thường kỳ | chưa gửi tài liệu                         | –
trước khi gọi      | chuyên đề | gửi tài liệu trước 1 ngày, lúc 23:59      | –
trước khi gọi      | chuyên đề | gửi tài liệu trước 0 ngày, lúc 00:30      | –
trước khi mở       | thường kỳ | đủ mọi việc                               | –
trước khi mở       | chi uỷ    | đủ mọi việc                               | –
trước khi mở       | thường kỳ | chưa gửi thông báo                        | thông báo
trước khi mở       | chi uỷ    | chưa gửi thông báo                        | –
trước khi mở       | thường kỳ | chưa báo cấp trên                         | báo cấp trên
trước khi mở       | thường kỳ | chưa có thư ký                            | thư ký
trước khi mở       | chi uỷ    | chưa có thư ký                            | thư ký
trước khi mở       | thường kỳ | gửi tài liệu trước 0 ngày, lúc 07:00      | –
trước khi kết thúc | thường kỳ | đủ mọi việc                               | –
trước khi kết thúc | chuyên đề | đủ mọi việc                               | –
trước khi kết thúc | kết hợp   | đủ mọi việc                               | –
trước khi kết thúc | chi uỷ    | đủ mọi việc                               | –
trước khi kết thúc | thường kỳ | đang họp, được 62 phút                    | thời lượng
trước khi kết thúc | thường kỳ | kéo dài 90 phút                           | –
trước khi kết thúc | chuyên đề | kéo dài 89 phút                           | thời lượng
trước khi kết thúc | kết hợp   | kéo dài 119 phút                          | thời lượng
trước khi kết thúc | kết hợp   | kéo dài 120 phút                          | –
trước khi kết thúc | chi uỷ    | kéo dài 25 phút                           | –
trước khi kết thúc | thường kỳ | chưa khai mạc                             | –
trước khi kết thúc | thường kỳ | 1 người chưa điểm danh                    | điểm danh
trước khi kết thúc | chi uỷ    | 1 người chưa điểm danh                    | điểm danh
trước khi kết thúc | thường kỳ | có mặt 8/9                                | –
trước khi kết thúc | thường kỳ | có mặt 7/9                                | tỉ lệ dự
trước khi kết thúc | thường kỳ | có mặt 17/20                              | tỉ lệ dự
trước khi kết thúc | thường kỳ | có mặt 18/20                              | –
trước khi kết thúc | thường kỳ | có mặt 43/50                              | –
trước khi kết thúc | chi uỷ    | có mặt 2/3                                | –
trước khi kết thúc | thường kỳ | không ai được tính                        | –
trước khi kết thúc | thường kỳ | có mặt 19/20; 1 người vắng không lý do    | vắng không lý do
trước khi kết thúc | thường kỳ | 1 người vắng có lý do nhiều lần liên tiếp | vắng liên tiếp
trước khi kết thúc | thường kỳ | chưa nêu đảng phí                         | –
trước khi kết thúc | chi uỷ    | chưa nêu đảng phí                         | –
trước khi kết thúc | thường kỳ | 1 nội dung chưa xong                      | nội dung chưa xong
trước khi kết thúc | chi uỷ    | 2 nội dung chưa bắt đầu                   | nội dung chưa xong
trước khi kết thúc | thường kỳ | 1 việc cũ chưa báo cáo                    | việc kỳ trước
trước khi kết thúc | thường kỳ | 4 người phát biểu                         | phát biểu
trước khi kết thúc | thường kỳ | 5 người phát biểu                         | –
trước khi kết thúc | chuyên đề | 2 ý kiến thiếu phần                       | ba phần của ý kiến
trước khi kết thúc | thường kỳ | 2 ý kiến thiếu phần                       | –
trước khi kết thúc | thường kỳ | 1 nội dung chưa kết luận                  | kết luận từng nội dung
trước khi kết thúc | thường kỳ | chưa ghi kết luận                         | kết luận
trước khi kết thúc | chi uỷ    | chưa ghi kết luận                         | kết luận
trước khi kết thúc | thường kỳ | không giao nhiệm vụ                       | giao nhiệm vụ
trước khi kết thúc | thường kỳ | 1 nhiệm vụ chưa có người; 2 nhiệm vụ chưa có hạn | người chịu trách nhiệm; thời hạn
trước khi kết thúc | thường kỳ | chưa đánh giá chất lượng                  | đánh giá chất lượng
trước khi kết thúc | thường kỳ | chưa biểu quyết                           | –
trước khi kết thúc | chi uỷ    | chưa đánh giá chất lượng                  | –
trước khi kết thúc | thường kỳ | chưa đọc biên bản                         | đọc biên bản
sau buổi           | thường kỳ | đủ mọi việc                               | –
sau buổi           | chuyên đề | đủ mọi việc                               | –
sau buổi           | chi uỷ    | đủ mọi việc                               | –
sau buổi           | thường kỳ | kéo dài 62 phút                           | thời lượng
sau buổi           | thường kỳ | chưa ký biên bản                          | ký biên bản
sau buổi           | chi uỷ    | chưa ký biên bản                          | ký biên bản
sau buổi           | chuyên đề | 1 góp ý chưa trả lời                      | trả lời góp ý
sau buổi           | chuyên đề | chưa hoàn thiện chuyên đề                 | hoàn thiện chuyên đề
sau buổi           | thường kỳ | chưa hoàn thiện chuyên đề                 | –
sau buổi           | thường kỳ | chưa đăng sau buổi họp                    | –
sau buổi           | thường kỳ | đăng sau 2 ngày, lúc 23:59                | –
sau buổi           | thường kỳ | đăng sau 3 ngày, lúc 00:30                | –
sau buổi           | chi uỷ    | chưa đăng sau buổi họp                    | –
sau buổi           | thường kỳ | chưa báo cáo lên                          | –
"""


@pytest.mark.parametrize("row", rows(TABLE), ids=" · ".join)
def test_what_the_guideline_points_out(row: tuple[str, ...]) -> None:
    moment, kind, said, pointed_out = row
    facts = facts_of(said, HD12, KINDS[kind])
    assert names_of(finding.code for finding in findings(MOMENTS[moment], facts, HD12)) == pointed_out


def test_the_table_has_no_line_twice() -> None:
    assert len({row[:3] for row in rows(TABLE)}) == 93
