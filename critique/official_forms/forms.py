"""The four forms of HD 43-HD/BTCTW field by field; each line says whether we have seen it."""

from collections.abc import Mapping

from critique.official_forms.model import Field, FieldKind, Form, FormKind, Part, Section, hd43, qd366
from critique.official_forms.sections import (
    annex,
    directions,
    explained,
    head,
    own,
    rating,
    remedied,
    responsibility,
    shortcomings,
)
from guideline.model import Evidence

_STRENGTHS_PROMPT = "Nêu việc thật và kết quả đo được; không cần kể hết các tiêu chí."


def _strengths(kind: FormKind) -> Section:
    conduct = Field(
        "A.I.1",
        "Về phẩm chất chính trị, đạo đức, lối sống; tinh thần đoàn kết, thống nhất trong nội bộ; ý thức tổ chức kỷ "
        "luật, trách nhiệm nêu gương, việc thực hiện những điều đảng viên không được làm; tác phong, lề lối làm việc. "
        "Liên hệ các biểu hiện về suy thoái, “tự diễn biến”, “tự chuyển hoá”.",
        FieldKind.TEXT,
        hd43(own(kind)),
        short="Phẩm chất, đạo đức, lối sống, kỷ luật, nêu gương",
        prompt="Đã rà soát 19 điều đảng viên không được làm và các biểu hiện suy thoái nêu trong Nghị quyết 04-NQ/TW "
        "thì nói rõ; điều gì cần sửa thì ghi ở mục II. " + _STRENGTHS_PROMPT,
    )
    duties = Field(
        "A.I.2",
        "Việc thực hiện quyền và nghĩa vụ của đảng viên theo các nhiệm vụ chính trị được cấp uỷ, chi bộ phân công."
        if kind is FormKind.OUTSIDE
        else "Việc thực hiện nhiệm vụ, quyền hạn và kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao trong năm, "
        "gắn với hiệu quả, tiến độ, chất lượng công việc.",
        FieldKind.TEXT,
        hd43(own(kind)),
        short="Quyền, nghĩa vụ và nhiệm vụ chi bộ giao" if kind is FormKind.OUTSIDE else "Kết quả nhiệm vụ trong năm",
        prompt="Nhiệm vụ nào, ai giao, hạn nào, xong khi nào, kết quả ra sao. Con số chi tiết ghi ở phụ lục.",
    )
    pledge = Field(
        "A.I.3",
        "Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu của cá nhân theo quy định.",
        FieldKind.TEXT,
        hd43(own(kind)),
        short="Thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu",
        prompt="Mở lại bản cam kết đầu năm: điều nào đã giữ, điều nào chưa.",
    )
    fields = (conduct, duties, pledge)
    return Section("A.I", "I. Ưu điểm, kết quả đạt được", fields + (_LEADING if kind is FormKind.LEADER else ()))


# The words are those of Điều 6; their place and numbering in Mẫu 02A were not seen.
_LEADER_PLACE = qd366("Điều 6", Evidence.UNCONFIRMED)
_LEADING = (
    Field(
        "A.I.4",
        "Kết quả công tác lãnh đạo, chỉ đạo, quản lý, điều hành; thực hiện chức trách, nhiệm vụ; mức độ hoàn thành "
        "nhiệm vụ của các cấp uỷ, tổ chức đảng trực thuộc, địa phương, tổ chức, cơ quan, đơn vị thuộc quyền quản lý; "
        "khả năng quy tụ, xây dựng đoàn kết nội bộ.",
        FieldKind.TEXT,
        _LEADER_PLACE,
        short="Kết quả lãnh đạo, quản lý; quy tụ, đoàn kết",
        prompt=_STRENGTHS_PROMPT,
    ),
    Field(
        "A.I.5",
        "Trách nhiệm trong công việc; tinh thần năng động, đổi mới sáng tạo, dám nghĩ, dám nói, dám làm, nói đi đôi "
        "với làm, dám chịu trách nhiệm, dám đương đầu với khó khăn, thử thách, dám hành động, dám hy sinh lợi ích cá "
        "nhân vì lợi ích chung; trách nhiệm trong xây dựng đội ngũ cán bộ, kiểm soát quyền lực, phòng, chống tiêu cực "
        "trong phạm vi chức trách, nhiệm vụ được giao; trách nhiệm trong lãnh đạo, chỉ đạo hoàn thiện thể chế góp "
        "phần phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số, về mở rộng hợp tác, hội nhập quốc tế, "
        "về đổi mới tư duy quản trị, tạo điều kiện phát triển kinh tế tư nhân; xử lý những vấn đề khó, phức tạp, nhạy "
        "cảm trong thực hiện nhiệm vụ.",
        FieldKind.TEXT,
        _LEADER_PLACE,
        short="Trách nhiệm trong công việc; năng động, đổi mới sáng tạo",
        prompt=_STRENGTHS_PROMPT,
    ),
    Field(
        "A.I.6",
        "Trách nhiệm nêu gương của bản thân và gia đình; việc đấu tranh phòng, chống tham nhũng, lãng phí, tiêu cực; "
        "sự tín nhiệm của cán bộ, đảng viên; việc xây dựng phong cách lãnh đạo đổi mới, gần dân, sát dân, trọng dân, "
        "thường xuyên nắm bắt tâm tư, nguyện vọng của Nhân dân.",
        FieldKind.TEXT,
        _LEADER_PLACE,
        short="Nêu gương; phòng, chống tham nhũng, lãng phí, tiêu cực; gần dân",
        prompt=_STRENGTHS_PROMPT,
    ),
)

_COLLECTIVE_STRENGTHS = Section(
    "A.I",
    "I. Ưu điểm, kết quả đạt được",
    (
        Field(
            "A.I.1",
            "Việc chấp hành nguyên tắc tổ chức và hoạt động, nhất là nguyên tắc tập trung dân chủ; thực hiện quy chế "
            "làm việc.",
            FieldKind.TEXT,
            hd43("Mẫu 01"),
            short="Nguyên tắc tổ chức, tập trung dân chủ, quy chế làm việc",
            prompt=_STRENGTHS_PROMPT,
        ),
        Field(
            "A.I.2",
            "Kết quả thực hiện các mục tiêu, chỉ tiêu, nhiệm vụ được đề ra trong nghị quyết đại hội nhiệm kỳ, kế "
            "hoạch, chương trình công tác năm, được cấp có thẩm quyền giao, phê duyệt và các nhiệm vụ phát sinh, đột "
            "xuất được cấp có thẩm quyền giao.",
            FieldKind.TEXT,
            hd43("Mẫu 01"),
            short="Kết quả mục tiêu, chỉ tiêu, nhiệm vụ",
            prompt=_STRENGTHS_PROMPT,
        ),
        Field(
            "A.I.3",
            "Công tác xây dựng, chỉnh đốn Đảng và hệ thống chính trị; xây dựng tổ chức bộ máy tinh gọn, hoạt động hiệu "
            "năng, hiệu lực, hiệu quả; tinh giản biên chế gắn với cải cách hành chính và chuyển đổi số; năng lực, "
            "trách nhiệm của tập thể lãnh đạo, quản lý; trách nhiệm nêu gương; trách nhiệm giải trình; công tác đấu "
            "tranh phòng, chống tham nhũng, lãng phí, tiêu cực và ngăn chặn, đẩy lùi những biểu hiện suy thoái về tư "
            "tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, “tự chuyển hoá” trong nội bộ gắn với việc đẩy mạnh "
            "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; công tác kiểm soát quyền lực, phòng, chống "
            "chạy chức, chạy quyền, lợi ích nhóm; xây dựng và thực hiện cơ chế công khai, minh bạch trong công tác cán "
            "bộ; công tác kiểm tra, giám sát, kỷ luật đảng và công tác tiếp công dân, giải quyết khiếu nại, tố cáo, "
            "kiến nghị, phản ánh của tổ chức, cá nhân.",
            FieldKind.TEXT,
            hd43("Mẫu 01"),
            short="Xây dựng, chỉnh đốn Đảng; bộ máy; kiểm tra, giám sát",
            prompt=_STRENGTHS_PROMPT,
        ),
        Field(
            "A.I.4",
            "Trách nhiệm của tập thể lãnh đạo, quản lý trong triển khai thực hiện các chủ trương, đường lối, nghị "
            "quyết, văn bản chỉ đạo của Đảng, của cấp trên; thực hiện nhiệm vụ chính trị của địa phương, tổ chức, cơ "
            "quan, đơn vị.",
            FieldKind.TEXT,
            hd43("Mẫu 01"),
            short="Trách nhiệm triển khai chủ trương, nghị quyết",
            prompt=_STRENGTHS_PROMPT,
        ),
    ),
)


_UNSEEN = (
    "Khối chữ ký và phần nhận xét của cấp uỷ trên mẫu 2025 chưa thấy trong nguồn; phần mềm chỉ in chỗ ký của người "
    "viết. Các cột của phụ lục do phần mềm gợi ý; cấp uỷ cấp trên có mẫu riêng thì theo mẫu đó."
)


def _personal(kind: FormKind, about: str, place: str, *, evidence: Evidence, doubts: tuple[str, ...] = ()) -> Form:
    frame = qd366(place, evidence)
    review = (
        _strengths(kind),
        shortcomings(kind),
        remedied(kind),
        explained(kind),
        responsibility(kind),
        directions(kind),
    )
    return Form(
        kind,
        "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",
        about,
        (head(kind), Part("A", "A. NỘI DUNG KIỂM ĐIỂM", review), rating(kind, frame), annex(kind)),
        frame,
        ("NGƯỜI TỰ KIỂM ĐIỂM",),
        (*doubts, _UNSEEN),
    )


LEADER_FORM = _personal(
    FormKind.LEADER,
    "Cá nhân giữ chức vụ lãnh đạo, quản lý",
    "Phụ lục 3",
    evidence=Evidence.SEEN,
    doubts=(
        (
            "Mẫu 02A chưa thấy nguyên văn: ba nội dung về lãnh đạo, quản lý lấy theo lời Điều 6 Quy định 366-QĐ/TW, "
            "thứ tự và số mục cần đối chiếu với bản gốc."
        ),
    ),
)
STAFF_FORM = _personal(
    FormKind.STAFF, "Cá nhân không giữ chức vụ lãnh đạo, quản lý", "Phụ lục 4", evidence=Evidence.SEEN
)
OUTSIDE_FORM = _personal(
    FormKind.OUTSIDE,
    "Đảng viên không làm việc trong hệ thống chính trị",
    "Phụ lục 5",
    evidence=Evidence.UNCONFIRMED,
    doubts=("Có nguồn in Mẫu 02C dẫn Phụ lục 5, có nguồn dẫn Phụ lục 4; khung dành cho đối tượng này là Phụ lục 5.",),
)

_COLLECTIVE_FRAME = qd366("Phụ lục 1")
COLLECTIVE_FORM = Form(
    FormKind.COLLECTIVE,
    "BÁO CÁO KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI TẬP THỂ",
    "",
    (
        Part(
            "A",
            "A. NỘI DUNG KIỂM ĐIỂM",
            (
                _COLLECTIVE_STRENGTHS,
                shortcomings(FormKind.COLLECTIVE),
                remedied(FormKind.COLLECTIVE),
                explained(FormKind.COLLECTIVE),
                responsibility(FormKind.COLLECTIVE),
                directions(FormKind.COLLECTIVE),
            ),
        ),
        rating(FormKind.COLLECTIVE, _COLLECTIVE_FRAME),
        annex(FormKind.COLLECTIVE),
    ),
    _COLLECTIVE_FRAME,
    ("T/M CHI UỶ", "BÍ THƯ"),
    ("Tên in trên Mẫu 01 chưa thấy nguyên văn.", _UNSEEN),
)

FORMS: Mapping[FormKind, Form] = {form.kind: form for form in (COLLECTIVE_FORM, LEADER_FORM, STAFF_FORM, OUTSIDE_FORM)}
