"""The forms on paper as values: filled in, with lines to write on, and as a reader's copy."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from critique.official_forms.body import Body, clean, empty
from critique.official_forms.forms import COLLECTIVE_FORM, FORMS, LEADER_FORM, OUTSIDE_FORM, STAFF_FORM
from critique.official_forms.model import Form
from critique.writing.earlier import build_earlier
from critique.writing.papers import How, Person, build_form
from documents.html import to_fragment
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    from_json,
    italic,
    para,
    plain_text,
    to_json,
)
from documents.pdf import to_pdf
from tests.sample import this_weeks

HOA = Person("Lê Thị Hoa", "CHI BỘ VĂN PHÒNG", "ĐẢNG BỘ PHƯỜNG SAO MAI", "Sao Mai", "Văn phòng", date(1985, 2, 3))
DAY = date(2026, 12, 5)
DOTTED = para("." * 132, indent=False)

WRITTEN: Body = clean(
    STAFF_FORM,
    {
        "P.unit": "Văn phòng phường",
        "A.I.1": "Đã rà soát 19 điều.\nKhông vi phạm.",
        "A.II": [
            {"shortcoming": "Báo cáo chậm", "cause": "Để dồn việc", "measure": "Lập lịch tuần", "due": "31/03/2027"},
            {"shortcoming": "Ngại góp ý", "helper": "đồng chí Lan"},
        ],
        "A.III": [{"shortcoming": "Chưa học tin học", "state": "doing", "extent": "6/10 buổi"}],
        "A.VI": [{"measure": "Học xong tin học", "due": "quý II"}],
        "B.I.1": "27,5",
        "B.I.2": "62",
        "B.II": "good",
        "PL": [
            {
                "task": "Số hoá hồ sơ",
                "source": "Kế hoạch năm",
                "due": "30/9/2026",
                "done_on": "15/9/2026",
                "result": "over",
                "pace": "on_time",
                "quality": "met",
                "proof": "1.200 hồ sơ",
            }
        ],
    },
)


def paper(form: Form = STAFF_FORM, body: Body = WRITTEN, **options: Any) -> Document:
    return build_form(form, body, HOA, How(2026, **options))


def below(document: Document, part: str) -> list[Block]:
    """What stands between that heading and the next."""
    blocks = list(document.blocks)
    start = next(n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.part == part) + 1
    end = next((n for n in range(start, len(blocks)) if isinstance(blocks[n], Heading)), len(blocks))
    return blocks[start:end]


def test_the_top_of_the_form_says_whose_it_is() -> None:
    assert paper(day=DAY).blocks[:7] == (
        Note("Mẫu 02B-HD KĐ.ĐG 2025"),
        Head("ĐẢNG BỘ PHƯỜNG SAO MAI", "CHI BỘ VĂN PHÒNG", "", "Sao Mai, ngày 05 tháng 12 năm 2026"),
        Title(
            "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",
            ("Năm 2026", "(Cá nhân không giữ chức vụ lãnh đạo, quản lý)"),
        ),
        para(bold("Họ và tên: "), "Lê Thị Hoa" + "\u00a0" * 6, bold("Ngày sinh: "), "03/02/1985"),
        para(bold("Đơn vị công tác: "), "Văn phòng phường"),
        para(bold("Chi bộ: "), "Văn phòng"),
        Heading("A. NỘI DUNG KIỂM ĐIỂM", 1, "A"),
    )


def test_hoas_own_words_stand_under_the_words_of_the_form() -> None:
    conduct = STAFF_FORM.field("A.I.1")
    assert below(paper(), "A-I")[:3] == [
        para(bold("1. "), italic(conduct.label if conduct else ""), keep=True),
        para("Đã rà soát 19 điều."),
        para("Không vi phạm."),
    ]


def test_shortcomings_and_causes_stand_apart_and_keep_their_numbers() -> None:
    assert below(paper(), "A-II") == [
        para(bold("1. Hạn chế, khuyết điểm"), keep=True),
        para("- Hạn chế 1: ", "Báo cáo chậm"),
        para("- Hạn chế 2: ", "Ngại góp ý"),
        para(bold("2. Nguyên nhân của hạn chế, khuyết điểm"), keep=True),
        para("- Hạn chế 1: ", "Để dồn việc"),
    ]


def test_measures_of_both_sections_stand_in_one_table() -> None:
    assert below(paper(), "A-VI") == [
        Table(
            (
                Column("TT", 10, "center"),
                Column("Phương hướng, biện pháp", 90),
                Column("Thời hạn", 27, "center"),
                Column("Người giúp đỡ, theo dõi", 38),
            ),
            (
                ("1", "Hạn chế 1: Lập lịch tuần", "31/3/2027", ""),
                ("2", "Hạn chế 2", "", "đồng chí Lan"),
                ("3", "Học xong tin học", "quý II", ""),
            ),
        )
    ]


def test_what_came_of_last_years_promises_is_told_row_by_row() -> None:
    assert below(paper(), "A-III")[1:] == [
        para(bold("1. "), "Chưa học tin học"),
        para("- Tình trạng: ", "đang khắc phục"),
        para("- Kết quả, mức độ khắc phục: ", "6/10 buổi"),
    ]


def test_what_hoa_left_empty_is_not_filled_for_her() -> None:
    assert below(paper(), "A-V") == [para(italic("(không ghi)"))]


def test_points_level_and_signature() -> None:
    rated = below(paper(), "B-I")[1:] + below(paper(), "B-II")
    assert rated == [
        para("1. Nhóm tiêu chí chung: ", bold("27,5/30")),
        para("2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: ", bold("62/70")),
        para(bold("Tổng điểm: 89,5/100")),
        para("□ Hoàn thành xuất sắc nhiệm vụ", keep=True),
        para(bold("■ Hoàn thành tốt nhiệm vụ"), keep=True),
        para("□ Hoàn thành nhiệm vụ", keep=True),
        para("□ Không hoàn thành nhiệm vụ", keep=True),
        para(
            italic(
                "(Gửi kèm Phụ lục về kết quả thực hiện nhiệm vụ, trong đó thể hiện sản phẩm, tiến độ, chất lượng cụ "
                "thể theo hướng dẫn của các cấp uỷ, tổ chức đảng)"
            )
        ),
        Signatures(None, Signature(("NGƯỜI TỰ KIỂM ĐIỂM",), "Lê Thị Hoa")),
    ]


def test_the_annex_has_a_row_for_each_task() -> None:
    (table,) = (block for block in below(paper(), "PL") if isinstance(block, Table))
    assert table.rows == (
        (
            "1",
            "Số hoá hồ sơ\n(Kế hoạch năm)",
            "30/9/2026",
            "15/9/2026",
            "vượt mức\nđúng hạn\nchất lượng: bảo đảm",
            "1.200 hồ sơ",
        ),
    )


def test_a_pensioner_is_not_asked_for_an_annex_and_may_have_one() -> None:
    def headings(body: Body) -> list[str]:
        document = paper(OUTSIDE_FORM, body, lines=True)
        return [one.text for one in document.blocks if isinstance(one, Heading)][-1:]

    annex = clean(OUTSIDE_FORM, {"PL": [{"task": "Vận động quỹ khuyến học"}]})
    assert (headings(empty(OUTSIDE_FORM)), headings(annex)) == (
        ["II. Đề xuất xếp loại mức chất lượng"],
        ["PHỤ LỤC. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"],
    )


def test_a_blank_form_has_lines_wherever_something_is_asked() -> None:
    blank = build_form(STAFF_FORM, empty(STAFF_FORM), Person("", "CHI BỘ VĂN PHÒNG"), How(2026, lines=True))
    assert {part: below(blank, part).count(DOTTED) for part, _ in blank.parts()} == {
        "A": 0,
        "A-I": 21,
        "A-II": 12,
        "A-III": 6,
        "A-IV": 4,
        "A-V": 4,
        "A-VI": 6,
        "B": 0,
        "B-I": 0,
        "B-II": 0,
        "PL": 0,
    }
    assert (below(blank, "B-I")[-1], blank.blocks[1]) == (
        para(bold("Tổng điểm: ……/100")),
        Head("", "CHI BỘ VĂN PHÒNG", "", "…………, ngày …… tháng …… năm 2026"),
    )


def test_a_form_to_write_on_keeps_what_is_known_and_asks_the_rest() -> None:
    known = clean(STAFF_FORM, {"A.III": [{"shortcoming": "Chưa học tin học", "promised": "hạn 30/06/2026"}]})
    assert below(paper(body=known, lines=True), "A-III")[1:4] == [
        para(bold("1. "), "Chưa học tin học"),
        para("- Biện pháp, thời hạn đã hứa: ", "hạn 30/06/2026"),
        para("- Tình trạng: " + "." * 100),
    ]


def test_a_leader_gives_a_post_and_six_results() -> None:
    written = paper(LEADER_FORM, clean(LEADER_FORM, {"P.post": "Phó chánh văn phòng"}))
    assert written.blocks[5] == para(bold("Chức vụ: "), "Phó chánh văn phòng")
    assert below(written, "A-I").count(para(italic("(không ghi)"))) == 6


def test_the_committee_signs_by_its_secretary_and_is_named_on_top() -> None:
    secretary = Signature(("T/M CHI UỶ", "BÍ THƯ"), "Trần Thị Lan")
    committee = replace(HOA, name="Chi uỷ Chi bộ Văn phòng", signer=secretary)
    report = build_form(COLLECTIVE_FORM, empty(COLLECTIVE_FORM), committee, How(2026))
    assert report.blocks[3] == para(bold("Tập thể: "), "Chi uỷ Chi bộ Văn phòng")
    assert [block for block in report.blocks if isinstance(block, Signatures)] == [Signatures(None, secretary)]


def earlier(year: int, form: Form = STAFF_FORM, body: Body = WRITTEN, **options: Any) -> Document:
    return build_earlier(form, body, HOA, How(year, **options))


def test_a_review_of_2023_is_printed_on_the_form_of_2023_where_the_codes_meant_the_opposite() -> None:
    codes = [earlier(2024, form).blocks[0] for form in (STAFF_FORM, LEADER_FORM, OUTSIDE_FORM)]
    assert codes == [Note(f"Mẫu {code}-HD KĐ.ĐG 2023") for code in ("02A", "02B", "02A")]
    paper = earlier(2023)
    headings = [block.text.partition(".")[0] for block in paper.blocks if isinstance(block, Heading)]
    assert headings[:7] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    text = plain_text(paper)
    assert text.count("Tự đánh giá về cấp độ thực hiện: □\u00a0Xuất sắc") == 4  # three strengths, and what was remedied
    assert ("2025" in text, "BẢN KIỂM ĐIỂM CÁ NHÂN" in text, "Đã rà soát 19 điều." in text) == (False, True, True)


def test_a_year_whose_form_was_not_seen_claims_none_and_loses_no_word() -> None:
    for year, source in (
        (2019, "21-HD/BTCTW"),
        (2022, "Mẫu 02-HD KĐ.ĐG 2019"),
        (2018, "16-HD/BTCTW"),
        (2017, "khi đó"),
    ):
        paper = earlier(year)
        note, text = paper.blocks[2], plain_text(paper)
        assert isinstance(note, Note)
        assert (source in note.text, "không theo mẫu nào" in note.text) == (True, True)
        assert ("Đã rà soát 19 điều." in text, "Báo cáo chậm" in text, "HD KĐ.ĐG 2025" in text) == (True, True, False)
    assert "không theo mẫu nào" in plain_text(earlier(2023, COLLECTIVE_FORM, empty(COLLECTIVE_FORM)))
    assert [block for block in earlier(2019, body=empty(STAFF_FORM)).blocks if isinstance(block, Heading)] == []


def test_what_the_old_form_has_no_place_for_is_not_lost() -> None:
    body = {**WRITTEN, "B.I.1": "27", "B.I.2": "60"}
    assert "Điểm tự chấm đã ghi: 87/100." in plain_text(earlier(2023, body=body))


def test_the_annex_is_a_page_of_its_own() -> None:
    assert [block.text for block in paper().blocks if isinstance(block, Heading) and block.new_page] == [
        block.text for block in paper().blocks if isinstance(block, Heading) and block.part == "PL"
    ]


def test_a_readers_copy_names_its_reader_on_the_page_and_the_print_and_nobody_else() -> None:
    document = paper(reader="Trần Thị Lan")
    assert document.foot == "Bản để đồng chí Trần Thị Lan đọc; không sao chép, không chuyển cho người khác."
    assert (paper().foot, to_fragment(document).count("Trần Thị Lan")) == ("", 1)
    assert [block for block in paper().blocks if isinstance(block, Note)] == [Note("Mẫu 02B-HD KĐ.ĐG 2025")]


def test_the_file_and_its_title_name_no_person() -> None:
    document = paper()
    assert (document.name, document.title) == (
        "mau-02B-2026",
        "Bản kiểm điểm, tự đánh giá, xếp loại cá nhân năm 2026",
    )


BLANK = [(form, lines) for form in FORMS.values() for lines in (False, True)]


@pytest.mark.parametrize(("form", "lines"), BLANK)
def test_every_form_goes_through_json(form: Form, lines: bool) -> None:
    document = build_form(form, empty(form), HOA, How(2026, lines=lines))
    assert from_json(to_json(document)) == document


@pytest.mark.long
@pytest.mark.parametrize(("form", "lines"), this_weeks(BLANK))
def test_every_form_prints_blank(form: Form, lines: bool) -> None:
    assert to_pdf(build_form(form, empty(form), HOA, How(2026, lines=lines)))[:5] == b"%PDF-"


def test_every_word_of_the_body_is_on_the_paper() -> None:
    rows = [row for value in WRITTEN.values() if isinstance(value, list) for row in value]
    codes = {"good", "doing", "over", "on_time", "met", "2027-03-31", "2026-09-30", "2026-09-15", "27.5"}
    words = {line for value in WRITTEN.values() if isinstance(value, str) for line in value.splitlines()}
    words |= {cell for row in rows for cell in row.values() if cell}
    text = plain_text(paper())
    assert [word for word in words - codes if word not in text] == []


def test_markup_in_a_text_is_shown_and_not_run() -> None:
    body = WRITTEN | {"A.V": "<script>x</script>"}
    assert to_fragment(paper(body=body)).count("<script>") == 0
