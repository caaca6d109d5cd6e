"""The few sentences of which everything here is made."""

from __future__ import annotations

from datetime import date

from documents.model import Document, Heading, Title, fingerprint, para, to_json

TOPICS = (
    "Nâng cao chất lượng tự phê bình và phê bình",
    "Xây dựng nông thôn mới kiểu mẫu, vai trò nêu gương của đảng viên",
    "Chuyển đổi số trong đời sống ở thôn, tổ dân phố",
    "Giữ gìn vệ sinh môi trường, phòng cháy ở khu dân cư",
)
REMARKS = (
    "Đồng ý với báo cáo; đề nghị chi bộ phân công người theo dõi từng việc và báo cáo ở kỳ họp sau.",
    "Nhất trí với phương hướng tháng tới, đề nghị quan tâm hơn các hộ còn khó khăn.",
    "Đề nghị tuyên truyền để nhân dân hiểu rõ chủ trương làm đường giao thông nông thôn.",
    "Đề nghị sớm tổng kết mô hình tự quản và nhân rộng ra các tổ còn lại.",
)
TASKS = (
    "Chuẩn bị báo cáo kết quả thực hiện nhiệm vụ tháng",
    "Vận động các hộ tham gia vệ sinh đường làng ngõ xóm",
    "Chuẩn bị dự thảo chuyên đề quý tới",
    "Thăm hỏi gia đình chính sách trong thôn",
)
CONCLUSION = (
    "Chi bộ thống nhất đánh giá, phương hướng và phân công như đã nêu; các đồng chí được giao việc báo cáo kỳ sau."
)
RESULT = "Đã làm xong, có báo cáo."
WHY_NOT = "Trùng đợt phòng chống thiên tai, chi bộ họp bù vào đầu tháng sau."
GOOD, LESS = "Thực hiện tốt", "Còn một việc làm chậm"

_SAID = "Chi bộ thảo luận và thống nhất: " + " ".join(REMARKS)
_DOCUMENT = Document(
    name="bien-ban",
    title="Biên bản sinh hoạt chi bộ (số liệu đo)",
    day=date(2020, 1, 1),
    blocks=(
        Title("BIÊN BẢN", ("Sinh hoạt chi bộ",)),
        *(
            block
            for part in ("Đánh giá kết quả tháng trước", "Nhiệm vụ tháng này", "Thảo luận", "Kết luận")
            for block in (Heading(part), para(_SAID), para(CONCLUSION), para(_SAID))
        ),
    ),
)
PAPER, FINGERPRINT = to_json(_DOCUMENT), fingerprint(_DOCUMENT)
