"""What the four forms have in common: the lines on top, sections II to VI, the rating and the annex."""

from critique.official_forms.model import MAX_ROWS, Column, ColumnKind, Field, FieldKind, FormKind, Part, Section, hd43
from guideline.model import Clause, Evidence

DONE, DOING, NOT_YET = "done", "doing", "not_yet"
STATES = ((DONE, "đã khắc phục"), (DOING, "đang khắc phục"), (NOT_YET, "chưa khắc phục"))

#: How far a task came, for the annex.
TASK_NOT_DONE, TASK_DONE, TASK_OVER = "not_done", "done", "over"
RESULTS = ((TASK_NOT_DONE, "không hoàn thành"), (TASK_DONE, "hoàn thành"), (TASK_OVER, "vượt mức"))
ON_TIME, LATE = "on_time", "late"
PACES = ((ON_TIME, "đúng hạn"), (LATE, "chậm"))
MET, NOT_MET = "met", "not_met"
QUALITIES = ((MET, "bảo đảm"), (NOT_MET, "chưa bảo đảm"))

_SHORTCOMING_PROMPT = (
    "Viết cho chính mình đọc lại sau một năm: việc gì, khi nào, ảnh hưởng đến ai; "
    "nguyên nhân chủ quan là gì; sửa thế nào, đến bao giờ xong, ai giúp. Mỗi hạn chế một dòng."
)


def own(kind: FormKind) -> str:
    return f"Mẫu {kind.value}"


def head(kind: FormKind) -> Part:
    """What is printed on top and not known from the list of members."""
    unit = Field(
        "P.unit",
        "Đơn vị công tác",
        FieldKind.LINE,
        hd43(own(kind)),
        prompt="Nơi công tác, học tập; nghỉ hưu thì ghi “nghỉ hưu”.",
        needed=False,
    )
    post = Field(
        "P.post",
        "Chức vụ",
        FieldKind.LINE,
        hd43(own(kind), Evidence.UNCONFIRMED),
        prompt="Chức vụ trong Đảng, chính quyền, đoàn thể đang giữ.",
        needed=False,
    )
    return Part("P", "", (Section("P", "", (unit, post) if kind is FormKind.LEADER else (unit,)),))


def shortcomings(kind: FormKind) -> Section:
    """One row holds a shortcoming and what will be done about it; on paper they stand in II.1, II.2 and VI."""
    return Section(
        "A.II",
        "II. Hạn chế, khuyết điểm và nguyên nhân",
        (
            Field(
                "A.II",
                "Hạn chế, khuyết điểm và nguyên nhân",
                FieldKind.ROWS,
                hd43(own(kind)),
                short="Hạn chế, khuyết điểm, nguyên nhân và cách sửa",
                prompt=_SHORTCOMING_PROMPT,
                columns=(
                    Column("shortcoming", "Hạn chế, khuyết điểm", 60),
                    Column("cause", "Nguyên nhân", 45),
                    Column("measure", "Biện pháp khắc phục", 45),
                    Column("due", "Thời hạn", 25, ColumnKind.DAY),
                    Column("helper", "Người giúp đỡ, theo dõi", 30, ColumnKind.LINE),
                ),
            ),
        ),
    )


def remedied(kind: FormKind) -> Section:
    whose = "tập thể, cá nhân có liên quan" if kind is FormKind.COLLECTIVE else "cá nhân"
    return Section(
        "A.III",
        "III. Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận hoặc được chỉ ra ở các "
        "kỳ kiểm điểm trước",
        (
            Field(
                "A.III",
                "Kết quả khắc phục",
                FieldKind.ROWS,
                hd43(own(kind)),
                short="Kết quả khắc phục hạn chế các kỳ trước",
                prompt="Các dòng đầu lấy từ bản kiểm điểm năm trước. Nói thật tình trạng của từng việc; "
                "chưa sửa được thì nói rõ vướng ở đâu.",
                columns=(
                    Column("shortcoming", "Hạn chế, khuyết điểm", 50),
                    Column("promised", "Biện pháp, thời hạn đã hứa", 35),
                    Column("state", "Tình trạng", 22, ColumnKind.CHOICE, STATES),
                    Column("extent", "Kết quả, mức độ khắc phục", 35),
                    Column("obstacle", "Khó khăn, vướng mắc", 30),
                    Column("responsibility", "Trách nhiệm", 30),
                ),
                # Last year's shortcomings, its other promises and what was still open then.
                max_rows=3 * MAX_ROWS,
                needed=False,
            ),
        ),
        note="Kiểm điểm rõ từng hạn chế, khuyết điểm (đã được khắc phục; đang khắc phục, mức độ khắc phục; chưa được "
        f"khắc phục); những khó khăn, vướng mắc (nếu có); trách nhiệm của {whose}.",
    )


def explained(kind: FormKind) -> Section:
    whose = "tập thể, cá nhân" if kind is FormKind.COLLECTIVE else "cá nhân"
    return Section(
        "A.IV",
        "IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)",
        (
            Field(
                "A.IV",
                "Giải trình vấn đề được gợi ý",
                FieldKind.ROWS,
                hd43(own(kind)),
                prompt="Chỉ ghi khi cấp có thẩm quyền đã gợi ý kiểm điểm.",
                columns=(
                    Column("issue", "Vấn đề được gợi ý", 45),
                    Column("explanation", "Giải trình", 45),
                    Column("cause", "Nguyên nhân", 40),
                    Column("responsibility", "Trách nhiệm", 35),
                ),
                needed=False,
            ),
        ),
        note="Giải trình từng vấn đề được gợi ý kiểm điểm, nêu nguyên nhân, xác định trách nhiệm của "
        f"{whose} đối với từng vấn đề được gợi ý kiểm điểm.",
    )


def responsibility(kind: FormKind) -> Section:
    collective = kind is FormKind.COLLECTIVE
    return Section(
        "A.V",
        "V. Trách nhiệm của tập thể, cá nhân"
        if collective
        else "V. Làm rõ trách nhiệm của cá nhân đối với những hạn chế, khuyết điểm của tập thể (nếu có)",
        (
            Field(
                "A.V",
                "Trách nhiệm của tập thể, cá nhân" if collective else "Trách nhiệm đối với hạn chế của tập thể",
                FieldKind.TEXT,
                hd43(own(kind)),
                prompt="Phần việc nào của tập thể do mình phụ trách hoặc tham gia, và lẽ ra phải làm gì."
                if not collective
                else "Hạn chế nào, ai phụ trách, trách nhiệm đến đâu.",
                needed=False,
            ),
        ),
        note="Về hạn chế, khuyết điểm trong thực hiện nhiệm vụ hoặc khi có dấu hiệu vi phạm; để xảy ra những vấn đề "
        "bức xúc, phức tạp, dư luận quan tâm; có đơn, thư khiếu nại, tố cáo; biểu hiện mất đoàn kết nội bộ; vi phạm "
        "nguyên tắc, quy định của Đảng; biểu hiện “lợi ích nhóm”, tham nhũng, lãng phí, tiêu cực, suy thoái, “tự diễn "
        "biến”, “tự chuyển hoá”; để tập thể, cá nhân thuộc quyền quản lý bị kỷ luật, khởi tố; trì trệ, yếu kém, không "
        "hoàn thành chức trách, nhiệm vụ được giao."
        if collective
        else "",
    )


def directions(kind: FormKind) -> Section:
    return Section(
        "A.VI",
        "VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm",
        (
            Field(
                "A.VI",
                "Phương hướng, biện pháp khác",
                FieldKind.ROWS,
                hd43(own(kind)),
                short="Phương hướng, biện pháp khác",
                prompt="Biện pháp đã ghi ở mục II tự in vào mục này; ở đây chỉ ghi thêm phương hướng, việc khác. "
                "Năm sau mỗi việc được nhắc lại ở mục III.",
                columns=(
                    Column("measure", "Phương hướng, biện pháp", 90),
                    Column("due", "Thời hạn", 30, ColumnKind.DAY),
                    Column("helper", "Người giúp đỡ, theo dõi", 45, ColumnKind.LINE),
                ),
                needed=False,
            ),
        ),
    )


def rating(kind: FormKind, frame: Clause) -> Part:
    whose = {
        FormKind.COLLECTIVE: "tập thể",
        FormKind.LEADER: "cá nhân giữ chức vụ lãnh đạo, quản lý",
        FormKind.STAFF: "cá nhân không giữ chức vụ lãnh đạo, quản lý",
        FormKind.OUTSIDE: "đảng viên không làm việc trong hệ thống chính trị",
    }[kind]
    who = "các tập thể" if kind is FormKind.COLLECTIVE else "cá nhân"
    prompt = "Chấm theo biểu điểm mà cấp uỷ cấp trên đã cụ thể hoá; chưa có biểu điểm thì để trống."
    return Part(
        "B",
        "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
        (
            Section(
                "B.I",
                "I. Đánh giá theo các nhóm tiêu chí",
                (
                    Field(
                        "B.I.1",
                        "Nhóm tiêu chí chung",
                        FieldKind.SCORE,
                        hd43(own(kind)),
                        prompt=prompt,
                        maximum=30,
                    ),
                    Field(
                        "B.I.2",
                        "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ",
                        FieldKind.SCORE,
                        hd43(own(kind)),
                        prompt=prompt,
                        maximum=70,
                    ),
                    Field(
                        "B.I.D",
                        "Điểm theo từng tiêu chí của biểu điểm",
                        FieldKind.ROWS,
                        hd43("mục 7.12", Evidence.DERIVED),
                        prompt="Tự chấm từng tiêu chí, ghi căn cứ; tổng của hai nhóm ghi ở hai ô trên.",
                        columns=(
                            Column("criterion", "Tiêu chí", 90),
                            Column("points", "Điểm tự chấm", 20, ColumnKind.LINE),
                            Column("proof", "Căn cứ", 55),
                        ),
                        needed=False,
                        laid_out=True,
                    ),
                ),
                note=f"Trên cơ sở cụ thể hoá khung tiêu chí đánh giá đối với {whose} được quy định tại "
                f"{frame.place}, Quy định số 366-QĐ/TW, {who} tự đánh giá, chấm điểm theo các tiêu chí được cụ thể hoá "
                "như sau:",
            ),
            Section(
                "B.II",
                "II. Đề xuất xếp loại mức chất lượng",
                (
                    Field(
                        "B.II",
                        "Mức tự đề xuất",
                        FieldKind.LEVEL,
                        hd43(own(kind)),
                        prompt="Phần mềm không đề xuất mức nào; bên cạnh chỉ đối chiếu điều kiện của mức đã chọn.",
                    ),
                ),
            ),
        ),
    )


def annex(kind: FormKind) -> Part:
    """The columns are ours: the form asks for product, pace and quality and leaves the rest to the committee."""
    return Part(
        "PL",
        "PHỤ LỤC. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
        (
            Section(
                "PL",
                "",
                (
                    Field(
                        "PL",
                        "Kết quả thực hiện nhiệm vụ",
                        FieldKind.ROWS,
                        hd43(own(kind), Evidence.DERIVED),
                        short="Phụ lục: kết quả thực hiện nhiệm vụ",
                        prompt="Mỗi nhiệm vụ một dòng. Không ghi việc, không dẫn tài liệu thuộc bí mật nhà nước.",
                        columns=(
                            Column("task", "Nhiệm vụ", 46),
                            Column("source", "Nguồn giao", 26, ColumnKind.LINE),
                            Column("due", "Hạn", 22, ColumnKind.DAY),
                            Column("done_on", "Ngày xong", 22, ColumnKind.DAY),
                            Column("result", "Kết quả", 20, ColumnKind.CHOICE, RESULTS),
                            Column("pace", "Tiến độ", 18, ColumnKind.CHOICE, PACES),
                            Column("quality", "Chất lượng", 18, ColumnKind.CHOICE, QUALITIES),
                            Column("proof", "Sản phẩm, minh chứng", 30),
                            Column("note", "Ghi chú", 22),
                        ),
                        max_rows=100,
                        needed=False,
                    ),
                ),
                note="Phụ lục thể hiện sản phẩm, tiến độ, chất lượng cụ thể theo hướng dẫn của cấp uỷ, tổ chức đảng.",
            ),
        ),
    )
