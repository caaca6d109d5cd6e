"""The words of the demonstration: invented people, and one thematic meeting told in our own sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from members.models import TenureKind


class Person(NamedTuple):
    key: str
    name: str
    born: date
    admitted: date | None  # None: on probation since half a year before the demonstration's today
    official: date | None
    post: TenureKind | None = None
    username: str = ""
    device: bool = True


class Score(NamedTuple):
    """What the committee writes on a sheet beside what the record says: by code, points and reason."""

    points: dict[str, tuple[Decimal | None, str]]
    words: dict[str, tuple[Decimal | None, str]]  # under a guideline that gives no points
    weak_points: str


PEOPLE = (
    Person(
        "thanh",
        "Nguyễn Văn Thành",
        date(1968, 3, 12),
        date(1994, 5, 19),
        date(1995, 5, 19),
        TenureKind.SECRETARY,
        "bithu",
    ),
    Person(
        "lan",
        "Trần Thị Lan",
        date(1975, 8, 20),
        date(2001, 9, 2),
        date(2002, 9, 2),
        TenureKind.DEPUTY,
        "phobithu",
    ),
    Person(
        "duc",
        "Lê Minh Đức",
        date(1979, 1, 5),
        date(2006, 2, 3),
        date(2007, 2, 3),
        TenureKind.COMMITTEE_MEMBER,
        "chiuyvien",
    ),
    Person("hoa", "Phạm Thị Hoa", date(1985, 11, 30), date(2012, 5, 19), date(2013, 5, 19), None, "thuky"),
    Person("binh", "Võ Quốc Bình", date(1981, 6, 17), date(2009, 2, 3), date(2010, 2, 3), None, "baocao"),
    Person("mai", "Đặng Thị Mai", date(1988, 4, 9), date(2014, 9, 2), date(2015, 9, 2), None, "dangvien"),
    Person("hanh", "Ngô Thị Hạnh", date(1983, 12, 1), date(2010, 5, 19), date(2011, 5, 19)),
    Person("son", "Bùi Văn Sơn", date(1958, 7, 22), date(1985, 2, 3), date(1986, 2, 3), device=False),
    Person("tuan", "Huỳnh Anh Tuấn", date(1997, 10, 10), None, None),
)

NEIGHBOURS = (
    Person(
        "kien",
        "Đỗ Trung Kiên",
        date(1972, 2, 14),
        date(1999, 9, 2),
        date(2000, 9, 2),
        TenureKind.SECRETARY,
        "bithu2",
    ),
    Person("thu", "Lý Thị Thu", date(1984, 5, 6), date(2011, 2, 3), date(2012, 2, 3)),
    Person("phuoc", "Mai Văn Phước", date(1980, 9, 18), date(2008, 5, 19), date(2009, 5, 19)),
)

NOT_MET = "Chi bộ mới dùng phần mềm từ tháng này; buổi sinh hoạt của tháng đã ghi ở sổ giấy."

TOPIC = "Nâng cao chất lượng tự phê bình và phê bình"
PLACE = "Phòng họp tầng 2, trụ sở cơ quan"
PURPOSE = (
    "Giúp mỗi đảng viên hiểu rõ hơn vì sao phải tự phê bình và phê bình thường xuyên, nhìn thẳng vào việc làm "
    "của mình, và thống nhất những việc chi bộ sẽ làm để khắc phục hạn chế đã chỉ ra."
)

DRAFT = """I. Nhận thức chung
Tự phê bình và phê bình là nguyên tắc trong sinh hoạt của Đảng, là việc làm thường ngày để mỗi đảng viên tiến bộ và chi bộ đoàn kết hơn.
Chi bộ thực hiện nguyên tắc này gắn với Nghị quyết Trung ương 4 khoá XI, khoá XII về xây dựng Đảng và Chỉ thị 05-CT/TW về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.
II. Kết quả đã làm được
- Các buổi kiểm điểm hằng năm của chi bộ và đảng viên làm đúng yêu cầu, nội dung và thời gian Đảng uỷ đề ra.
- Bí thư điều hành linh hoạt, gương mẫu nói trước, gợi ý trọng tâm và dành nhiều thời gian để đảng viên nói thẳng, nói thật.
- Mỗi vấn đề đều được kết luận cụ thể nên nội bộ thống nhất, chi bộ nhiều năm liền được Đảng uỷ công nhận trong sạch, vững mạnh.
III. Hạn chế
- Một số ít đảng viên còn ít phát biểu trong sinh hoạt.
- Việc rèn luyện cách nói, cách góp ý chưa được chú ý; sửa chữa hạn chế sau kiểm điểm còn chậm.
IV. Nhiệm vụ, giải pháp
- Tiếp tục tuyên truyền để đảng viên hiểu đúng nội dung, ý nghĩa của tự phê bình và phê bình.
- Phát huy dân chủ, đề cao trách nhiệm nêu gương của người đứng đầu.
- Đổi mới nội dung, phương pháp; giám sát việc đảng viên khắc phục hạn chế sau kiểm điểm hằng năm."""

SAYINGS = (
    "Chủ tịch Hồ Chí Minh dạy rằng tự phê bình và phê bình phải làm hằng ngày như soi gương, rửa mặt, "
    "với mục đích giúp nhau sửa chữa, giúp nhau tiến bộ."
)
COMPLETED = DRAFT.replace("\nII. Kết quả", f"\n{SAYINGS}\nII. Kết quả")

# Who says what before the meeting, about which paragraph, and what became of it: key, paragraph, text, answer, words.
OPINIONS = (
    (
        "mai",
        1,
        "Nên dẫn một vài lời dạy của Chủ tịch Hồ Chí Minh về tự phê bình và phê bình để dễ nhớ, dễ học.",
        "adopted",
        SAYINGS,
    ),
    (
        "son",
        13,
        "Đề nghị ghi rõ mỗi quý kiểm tra việc khắc phục một lần.",
        "kept",
        "Chi bộ đã xem việc này hằng tháng trong bảng nhiệm vụ, nên giữ như dự thảo.",
    ),
)

# Speaker, awareness, relation and effect, proposal on the draft: seven of nine speak.
SPEECHES = (
    (
        "lan",
        "Tự phê bình và phê bình không phải để hạ nhau mà để giữ kỷ cương và tình đồng chí. Chi bộ càng làm đều thì việc chung càng trôi chảy.",
        "Bản thân tôi phụ trách công tác đoàn thể, có lúc còn ngại góp ý với đồng chí lớn tuổi. Chuyên đề giúp tôi thấy nói chân tình, có căn cứ thì ai cũng nghe.",
        "Nên nói rõ hơn vì sao phải nâng cao chất lượng vào lúc này: việc của cơ quan nhiều hơn, yêu cầu nêu gương cao hơn.",
    ),
    (
        "duc",
        "Muốn phê bình người khác thì trước hết phải tự soi mình. Bí thư nói trước, nói thật thì đảng viên mới mạnh dạn.",
        "Tôi là chi uỷ viên nhưng có tháng chưa chuẩn bị kỹ ý kiến. Tôi nhận sẽ gửi ý kiến trước buổi họp.",
        "Đề nghị ghi hạn chế cụ thể: một số ít đảng viên ít phát biểu trong sinh hoạt.",
    ),
    (
        "hoa",
        "Ghi biên bản nhiều năm, tôi thấy buổi nào nói rõ việc, rõ người thì nhiệm vụ sau đó làm xong.",
        "Bản thân còn chậm sửa việc giao văn bản sát hạn. Từ nay tôi báo tiến độ mỗi tuần.",
        "Nên thêm cách theo dõi: hạn chế nào, ai sửa, bao giờ xong.",
    ),
    (
        "mai",
        "Lời dạy của Chủ tịch Hồ Chí Minh về tự phê bình và phê bình ngắn gọn, dễ nhớ, nên đưa vào chuyên đề.",
        "Tôi ít kinh nghiệm nói trước tập thể, sẽ tập bằng cách mỗi tháng góp ý ít nhất một vấn đề.",
        "Đề nghị viện dẫn một số câu nói, lời dạy của Người để đảng viên học và làm theo.",
    ),
    (
        "hanh",
        "Phê bình đúng lúc, đúng chỗ là giúp nhau; để lâu mới nói thì thành nặng nề.",
        "Có việc phối hợp giữa hai bộ phận chưa tốt mà tôi chưa nói thẳng. Tôi nhận thiếu sót này.",
        "Nêu thêm hạn chế: cách nói, cách góp ý chưa được rèn luyện, năng lực góp ý chưa tốt.",
    ),
    (
        "son",
        "Đảng viên cao tuổi như tôi càng phải giữ nếp tự phê bình, làm gương cho lớp trẻ.",
        "Sức khoẻ có hạn nên có lúc tôi ngại phát biểu. Tôi sẽ chuẩn bị ý kiến viết tay gửi chi bộ.",
        "Đồng ý với dự thảo, đề nghị chú ý giúp đỡ đảng viên nâng cao bản lĩnh khi nói thẳng.",
    ),
    (
        "tuan",
        "Là đảng viên dự bị, tôi hiểu tự phê bình là cách nhanh nhất để trưởng thành.",
        "Hạn chế được chỉ ra kỳ trước về đọc tài liệu, tôi mới sửa được một phần, còn chậm.",
        "Đề nghị ghi rõ hạn chế: sửa chữa, khắc phục còn chậm, để có biện pháp.",
    ),
)

PRESENTATION = (
    "Trình bày dự thảo chuyên đề gồm bốn phần: nhận thức chung, kết quả đã làm được, hạn chế, nhiệm vụ và giải pháp."
)
ASSESSMENT = (
    "Chuyên đề được chuẩn bị kỹ, bám sát hướng dẫn về sinh hoạt chi bộ. Ý kiến phát biểu thẳng thắn, có liên hệ bản thân, "
    "góp ý cụ thể để hoàn thiện dự thảo. Chi bộ vận dụng ngay vào đợt kiểm điểm cuối năm."
)
INFORMATION = "Đảng uỷ phường sẽ tập huấn ghi biên bản trên máy vào tuần sau; thư ký các chi bộ dự."
DECISION = "Chi bộ nhất trí thực hiện kết luận và các nhiệm vụ đã phân công từ ngày hôm nay."
CONCLUSION = """Chi bộ thống nhất nội dung chuyên đề, giao người chuẩn bị tiếp thu ý kiến và hoàn thiện.
Ba hạn chế cần khắc phục: một số ít đảng viên ít phát biểu; chưa rèn luyện cách nói, năng lực góp ý chưa tốt; sửa chữa, khắc phục còn chậm.
Thời gian tới tập trung tuyên truyền, giúp đảng viên nghiên cứu và rèn luyện bản lĩnh; phát huy dân chủ, nêu gương của người đứng đầu; đổi mới nội dung, phương pháp và giám sát việc khắc phục."""
QUALITY = "Buổi sinh hoạt đúng thời gian, đủ các bước, nhiều đảng viên phát biểu. Chi bộ tự nhận mức Tốt. Cần rút kinh nghiệm: một số ý kiến còn dài."
DUES = "Chi bộ đã thu đủ đảng phí đến hết tháng trước; không có đồng chí nào chậm nộp."

# Task, owner, days from the meeting.
TASKS = (
    ("Chọn và gửi đảng viên tài liệu ngắn về nội dung, ý nghĩa của tự phê bình và phê bình", "binh", 21),
    (
        "Giúp đảng viên trẻ rèn luyện bản lĩnh, cách góp ý: mỗi tháng một đồng chí chuẩn bị ý kiến trước",
        "lan",
        35,
    ),
    ("Chi uỷ gương mẫu tự phê bình trước trong từng buổi, mở rộng dân chủ khi thảo luận", "thanh", 35),
    (
        "Lập bảng theo dõi việc khắc phục hạn chế sau kiểm điểm của từng đảng viên và báo cáo hằng tháng",
        "duc",
        28,
    ),
)

# The regular meeting before it: what was promised there, and what the thematic meeting heard about it.
EARLIER_TASKS = (
    (
        "Hoàn thành báo cáo sơ kết công tác quý của Văn phòng",
        "hoa",
        12,
        "done",
        "Đã gửi lãnh đạo cơ quan đúng hạn.",
    ),
    (
        "Rà soát việc đọc tài liệu trước buổi họp của đảng viên",
        "duc",
        20,
        "done",
        "Chín đồng chí đều đã đọc tài liệu kỳ này.",
    ),
    (
        "Sắp xếp lại kho lưu trữ hồ sơ chi bộ",
        "tuan",
        25,
        "going",
        "Đã xong hồ sơ năm trước, còn hồ sơ năm nay.",
    ),
)
EARLIER_NOTES = {
    "report": "Tháng qua Văn phòng hoàn thành các nhiệm vụ tham mưu, tổng hợp; không có văn bản trễ hạn quá ba ngày. Tháng tới tập trung báo cáo sơ kết và chuẩn bị sinh hoạt chuyên đề.",
    "current_affairs": "Giới thiệu văn bản mới của Đảng uỷ cơ quan và định hướng dư luận về sắp xếp bộ máy.",
    "criticism": "Biểu dương đồng chí Phạm Thị Hoa làm tốt công tác tổng hợp. Nhắc nhở việc nộp báo cáo tuần chưa đều.",
}
EARLIER_REMARKS = (
    ("discussion", "lan", "Đề nghị phân công người kiểm tra văn bản trước khi phát hành."),
    ("discussion", "mai", "Nên gửi tài liệu họp trước hai ngày để đồng chí lớn tuổi kịp đọc."),
    ("discussion", "son", "Nhất trí với báo cáo; mong chi bộ quan tâm kho hồ sơ đã cũ."),
    ("criticism", "tuan", "Tôi nhận khuyết điểm đọc tài liệu chưa kỹ, hứa sửa trong tháng tới."),
)
EARLIER_CONCLUSION = (
    "Nhất trí đánh giá tháng qua và nhiệm vụ tháng tới; giao việc cụ thể cho từng đồng chí như bảng phân công."
)
REVIEW_COMMENT = "Biên bản rõ người, rõ việc. Lần sau ghi thêm thời hạn báo cáo cho từng nhiệm vụ."
EARLIER_QUALITY = "Đủ các bước, đúng thời gian. Tự nhận mức Tốt."
EARLIER_SCORE = Score(
    points={
        "1": (Decimal(5), ""),
        "2": (Decimal(4), "Một đồng chí đi công tác, có mặt 8/9."),
        "3.1": (Decimal(5), ""),
        "3.2": (Decimal(3), "Có thông báo trước 5 ngày; tài liệu đưa tận tay, chưa đăng Sổ tay."),
        "4.1": (Decimal(5), ""),
        "4.2": (Decimal("20.5"), "Đủ nội dung, có biểu dương, nhắc nhở; mới có 4 ý kiến phát biểu."),
        "4.3": (Decimal(10), ""),
        "5": (Decimal(5), ""),
        "6": (Decimal(30), ""),
        "7": (Decimal(4), "Có kết luận, thông qua biên bản; chưa đăng tài liệu đã hoàn thiện."),
    },
    words={
        "1": (None, "Đạt."),
        "2": (None, "Nội dung đúng, đủ; chi uỷ trao đổi trước nhưng chưa ghi biên bản."),
        "3": (None, "Đúng trình tự, đủ nội dung; cần thêm ý kiến phát biểu."),
        "4": (None, "Bảo đảm."),
        "5": (None, "Các nhiệm vụ đến hạn đã xong."),
    },
    weak_points="Ít ý kiến phát biểu. Khắc phục: gửi tài liệu trước hai ngày và gợi ý nội dung thảo luận trong thông báo.",
)
CONFIRMED = {"3.2": (Decimal("2.5"), "Chưa thấy ghi ngày họp chi uỷ.")}
SCORE = Score(
    points={
        "1": (Decimal(5), ""),
        "3.1": (Decimal(5), ""),
        "3.2": (Decimal(5), ""),
        "4.1": (Decimal(5), ""),
        "4.2": (Decimal(24), "Một số ý kiến còn dài; chưa có nội dung biểu dương, nhắc nhở."),
        "4.3": (Decimal(10), ""),
        "5": (Decimal(5), ""),
        "6": (Decimal(26), "Hai việc đã xong, một việc xong phần lớn."),
        "7": (Decimal(5), ""),
    },
    words={
        "1": (None, "Đạt; đủ 9/9 đảng viên."),
        "2": (None, "Chuẩn bị kỹ, có dự thảo gửi trước."),
        "3": (None, "Đúng trình tự, nhiều ý kiến; một số ý kiến còn dài."),
        "4": (None, "Bảo đảm."),
        "5": (None, "Hai trong ba việc đã xong."),
    },
    weak_points="Một số ý kiến còn dài. Khắc phục: chủ trì nêu thời gian cho mỗi ý kiến khi mở đầu thảo luận.",
)

ASKED_FROM_ABOVE = "Thực hành tiết kiệm, chống lãng phí trong cơ quan"
TOPICS_NEXT_YEAR = (
    (ASKED_FROM_ABOVE, "duc"),
    ("Trách nhiệm nêu gương của người đứng đầu", "lan"),
    ("Nâng cao chất lượng tham mưu, giữ kỷ luật, kỷ cương hành chính", "binh"),
    ("Kết quả khắc phục hạn chế sau kiểm điểm năm trước", "hoa"),
)
RESOLUTION = "Lãnh đạo thực hiện nhiệm vụ trong tháng và công tác lưu trữ hồ sơ"
CARRIED_OUT = "Đã phân công và gửi đến từng đảng viên."
OWNERS_WORD = "Đã chọn xong hai tài liệu, sẽ gửi đảng viên trong tuần tới."
