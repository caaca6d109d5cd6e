"""The notice to every member: what is kept about them, why, who sees it, for how long, and whom to ask. Dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """One version. Whoever has read an earlier one is asked to read the new one; a version is never changed."""

    version: str
    day: date
    text: str  # headings begin with #, an empty line ends a paragraph

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        found: list[tuple[str, list[str]]] = []
        for block in self.text.strip().split("\n\n"):
            words = " ".join(block.split())
            if words.startswith("# "):
                found.append((words.removeprefix("# "), []))
            else:
                found[-1][1].append(words)
        return found


_FIRST = Notice(
    "2026-11",
    date(2026, 11, 23),
    """
# Lưu những gì

Họ tên, ngày sinh, ngày kết nạp, tư cách và chức vụ trong chi bộ; tên đăng nhập, địa chỉ thư nếu đồng chí ghi.

Điểm danh, ý kiến phát biểu, nhiệm vụ được giao, như trong biên bản sinh hoạt.

Bản kiểm điểm, việc khắc phục hạn chế, ý kiến phê bình, chất vấn bằng văn bản và trả lời, đề nghị về dữ liệu của
đồng chí. Phần này là dữ liệu cá nhân nhạy cảm; lời văn được mã hoá.

Ai đã mở bản kiểm điểm của đồng chí và lúc nào.

# Để làm gì

Chuẩn bị, ghi biên bản và theo dõi sinh hoạt chi bộ; tự phê bình và phê bình, kiểm điểm hằng năm theo quy định của
Đảng.

Không dùng để xếp hạng, không đếm số lần phát biểu của từng người, không chấm điểm hoạt động, không đưa ra ngoài cho
dịch vụ nào khác.

# Ai xem được

Biên bản, nhiệm vụ: đảng viên của chi bộ; biên bản đã ký: cấp uỷ viên cấp trên theo dõi.

Bản kiểm điểm: chỉ đồng chí, đến khi nộp; sau đó chi uỷ; trong thời gian đọc, người dự họp kiểm điểm. Mỗi lần mở đều
được ghi lại.

Ý kiến bằng văn bản, đề nghị về dữ liệu: người gửi, người nhận và người theo dõi hạn trả lời.

Người quản trị máy chủ không xem được nội dung trên phần mềm. Ai nắm cả máy chủ và khoá mã hoá thì phần mềm không
ngăn được; vì vậy chi bộ giao máy chủ cho người có trách nhiệm.

# Giữ bao lâu

Không có gì tự xoá, trừ ghi chú riêng để góp ý và lời gõ dở chưa gửi. Cấp uỷ quy định giữ bao nhiêu bản kiểm điểm gần
nhất của mỗi đồng chí, cũng là bấy nhiêu năm với góp ý ở sinh hoạt thường kỳ, ý kiến bằng văn bản, đề nghị về dữ liệu,
việc khắc phục đã đóng; đến hạn thì hai đồng chí khác nhau cùng làm việc huỷ lời văn, có biên bản.

Biên bản đã ký, mức xếp loại, nhật ký ai đã làm gì, ai đã đọc không huỷ ở đây, đến khi cấp uỷ quy định. Từng loại giữ
bao lâu ghi ở trang “Những gì lưu về tôi”. Bản giấy lưu theo quy định của Đảng.

# Quyền của đồng chí

Xem, nhận bản sao, đề nghị sửa, xoá, hạn chế, phản đối: gửi ở trang “Những gì lưu về tôi”, hoặc bằng giấy cho bí
thư. Chi bộ xác nhận trong 2 ngày làm việc; trả lời trong 10 ngày khi đề nghị xem hoặc sửa, trong 15 ngày khi đề nghị
xoá, hạn chế, phản đối. Rút lại sự đồng ý thì bấm ngay ở trang này.

Nội dung đã ký trong biên bản thì không xoá; sai thì ghi bổ sung, đính chính.

Chưa rõ thì hỏi bí thư hoặc phó bí thư chi bộ; không đồng ý với trả lời thì gửi cấp uỷ cấp trên.

# Căn cứ

Luật Bảo vệ dữ liệu cá nhân (91/2025/QH15) và Nghị định 356/2025/NĐ-CP; Điều lệ Đảng, 366-QĐ/TW. Luật nói rõ về cơ
quan nhà nước, chưa nói rõ về chi bộ; vì vậy việc dùng phần mềm theo quyết định của cấp uỷ, và điều gì không bắt buộc
thì phải được đồng chí đồng ý.
""",
)
_ADMINISTRATOR = """ngăn được; vì vậy chi bộ giao máy chủ cho người có trách nhiệm.
"""
# The same list as in README.md, in the words of the people whom it is about.
_PLAIN = """
Nếu cơ sở dữ liệu hoặc bản sao lưu bị lấy cắp: lời văn bản kiểm điểm, góp ý, phê bình, khắc phục không đọc được nếu
không có khoá. Vẫn đọc được, vì không mã hoá: biên bản sinh hoạt thường kỳ; họ tên, tư cách, chức vụ; mức xếp loại của
từng đồng chí qua từng bước; số phiếu kiểm; ngày và tình trạng của việc khắc phục, của ý kiến, đề nghị bằng văn bản. Chỉ
biết là có mà không đọc được lời: ai đã viết, phát biểu, gửi ý kiến về ai và lúc nào; ai có ghi chú riêng; ai đã mở đọc
gì; nhật ký ai đã làm gì.
"""
_ACCOUNTS = """
Vào tài khoản mà đồng chí đã dùng thì phiếu đăng nhập cần người thứ hai hoặc mã dự phòng của đồng chí; tên người phát
và người xác nhận hiện cho đồng chí, ghi chú riêng và chữ viết dở đóng bảy ngày. Phần mềm không ngăn được hai người
thông đồng, cũng không ngăn được người quản trị máy chủ lập thêm một tài khoản cấp trên rồi chờ bảy ngày; tài khoản
chưa dùng lần nào thì ai cầm phiếu cũng vào được. Phần mềm lưu các phiên đang đăng nhập của đồng chí (lúc nào, loại máy;
địa chỉ mạng lưu dạng băm) để đồng chí thấy và kết thúc; lần nhập sai mật khẩu lưu tên đã gõ và địa chỉ mạng, chừng một
ngày, để làm chậm việc đoán mật khẩu.
"""
# The second says what is new about accounts; every other word is the first one's.
_SECOND = Notice(
    "2026-12", date(2026, 11, 29), _FIRST.text.replace(_ADMINISTRATOR, _ADMINISTRATOR + _PLAIN + _ACCOUNTS)
)
_ROLL = """Điểm danh, ý kiến phát biểu, nhiệm vụ được giao, như trong biên bản sinh hoạt.
"""
_KEPT = """
Ảnh chụp buổi sinh hoạt trong tin bài, nhiều nhất hai ảnh, chỉ khi mọi người trong ảnh đồng ý; nơi chụp, máy chụp, giờ
chụp không được giữ. Đồng chí không đồng ý nữa thì ảnh được gỡ ngay.

Bản ký số của biên bản, nghị quyết mà đồng chí ký: tệp có chữ ký và chứng thư, trong đó có họ tên và những gì nơi cấp
ghi vào chứng thư. Hình chữ ký, hình dấu không được giữ.

Họ tên, chữ của biên bản, nhiệm vụ, nghị quyết, chuyên đề được chép thêm một lần, bỏ dấu, để tìm. Lời kiểm điểm, góp ý
về một đồng chí, thư, đề nghị, nháp và ghi chú riêng không nằm trong đó.

Nội dung đồng chí đề xuất cho buổi sinh hoạt tới và lời trả lời. Tên người đã thấy tận mắt một tài liệu, khi tủ tài liệu
ghi.
"""
_MINUTES = """Biên bản, nhiệm vụ: đảng viên của chi bộ; biên bản đã ký: cấp uỷ viên cấp trên theo dõi.
"""
_FOUND = """
Bản ký số: như biên bản. Tin bài và ảnh: chi uỷ, chủ trì, thư ký buổi họp; in ra thì ai cầm tờ in cũng đọc được. Tìm
bằng chữ: mỗi người chỉ thấy những gì mình được đọc lúc ấy; gõ tên một đồng chí không ra mọi điều đồng chí ấy đã nói.

Nội dung đề xuất: người đề xuất và chi uỷ, cho đến khi vào chương trình buổi họp. Chuyển sinh hoạt trong cùng máy chủ:
hồ sơ và tài khoản theo đồng chí sang chi bộ mới, những gì đã ghi ở chi bộ cũ ở lại nơi cũ. Cấp trên thấy chi bộ đã họp
ngày nào mà biên bản chưa ký, không thấy nội dung.
"""
_LETTERS = """Ý kiến bằng văn bản, đề nghị về dữ liệu: người gửi, người nhận và người theo dõi hạn trả lời.
"""
_CARRIED = """
Khi chi bộ chuyển máy chủ, bí thư, phó bí thư hoặc người quản trị xuất được dữ liệu của chi bộ thành một tệp có mật
khẩu, việc xuất được ghi lại. Ai có tệp và mật khẩu thì đọc được biên bản, danh sách, mức xếp loại. Lời kiểm điểm, góp
ý, thư, đề nghị vẫn khoá bằng khoá của máy chủ; nháp, ghi chú riêng, bản kiểm điểm chưa nộp, mật khẩu không mang theo.
"""
_ENDS = "trừ ghi chú riêng để góp ý và lời gõ dở chưa gửi."
_ENDS_TOO = "trừ ghi chú riêng để góp ý, lời gõ dở chưa gửi và bản in dài lập riêng (mã hoá, một ngày)."
_IN_PLAIN = "biên bản sinh hoạt thường kỳ; họ tên"
_IN_PLAIN_TOO = "biên bản sinh hoạt thường kỳ; nội dung đề xuất cho buổi tới và lời trả lời; họ tên"
# The third says what is new about photographs, signed copies, the search, the archive of a cell, proposals, transfers.
_THIRD = Notice(
    "2026-12-2",
    date(2026, 11, 30),
    _SECOND.text.replace(_ROLL, _ROLL + _KEPT)
    .replace(_MINUTES, _MINUTES + _FOUND)
    .replace(_LETTERS, _LETTERS + _CARRIED)
    .replace(_ENDS, _ENDS_TOO)
    .replace(_IN_PLAIN, _IN_PLAIN_TOO),
)
_HELD = "ngày nào mà biên bản chưa ký, không thấy nội dung.\n"
_TOPICS = """
Nội dung cấp trên giao sinh hoạt thì cấp trên thấy chi bộ xếp vào tháng nào, sinh hoạt ngày nào, lời báo, lý do chi bộ
nêu; không thấy chương trình năm, ai chuẩn bị.
"""
_NO_PICTURE = "Hình chữ ký, hình dấu không được giữ.\n"
_ENCRYPTED = """Bản ký số biên bản đầy đủ của hội nghị kiểm điểm được mã hoá;
mỗi lần tải về được ghi lại.
"""
_ANSWERED = "lời trả lời; họ tên"
_ANSWERED_TOO = "lời trả lời; tệp đính kèm; lời trả lời việc, nội dung cấp trên giao; họ tên"
# The fourth says what is new about topics from above, signed copies of a conference, files in the database.
_FOURTH = Notice(
    "2026-12-3",
    date(2026, 11, 30),
    _THIRD.text.replace(_HELD, _HELD + _TOPICS)
    .replace(_NO_PICTURE, _NO_PICTURE + _ENCRYPTED)
    .replace(_ANSWERED, _ANSWERED_TOO),
)
NOTICES = (_FIRST, _SECOND, _THIRD, _FOURTH)

# What is asked for beside the reading: the words next to each tick.
ASKED = {
    "email": "Tôi đồng ý nhận thông báo họp và nhắc lịch qua e-mail. Thư chỉ ghi ngày giờ, nơi họp. Không đồng ý thì "
    "không nhận thư; thông báo vẫn có trên phần mềm và bản giấy.",
    "browser": "Tôi đồng ý tự viết bản kiểm điểm trên máy, lời văn lưu mã hoá. Không đồng ý thì nộp bản giấy, quyền và "
    "hạn như nhau.",
}


def current() -> Notice:
    """The one that everybody is asked to have read."""
    return NOTICES[-1]
