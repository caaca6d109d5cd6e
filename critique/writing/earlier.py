"""Self-reviews of the years before these forms: on the form of 2023 where it was that, else the plain words."""

from critique.official_forms.body import Body, rows_of, shown_score, text_of, total
from critique.official_forms.model import Form, FormKind, Section
from critique.official_forms.years import code_of, unseen
from critique.writing.papers import BOX, How, Person, Sheet, level_boxes, signed, top_of
from documents.model import Block, Document, Heading, Note, Title, bold, para

# As that form asks below every item of I and below III; here nobody has ever chosen one, so that it is ticked by hand.
_DEGREES = ("Xuất sắc", "Tốt", "Trung bình", "Kém")
_POSTS = ("Chức vụ Đảng", "Chức vụ chính quyền", "Chức vụ đoàn thể")
_PLEDGE = "A.I.3"  # stood last among the strengths


def build_earlier(form: Form, body: Body, person: Person, how: How) -> Document:
    """What was written then, without the code or the title of a form that came later."""
    sheet, year = Sheet(form, body, lines=how.lines), how.year
    code = code_of(form.kind, year)
    kind = "BÁO CÁO KIỂM ĐIỂM" if form.kind is FormKind.COLLECTIVE else "BẢN KIỂM ĐIỂM CÁ NHÂN"
    about = f"({form.about})" if form.about and code else ""
    written = _as_in_2023(sheet, form) if code else _plain(sheet, form, body, lines=how.lines)
    blocks: list[Block] = [
        *([Note(code)] if code else []),
        top_of(person, how),
        Title(kind, tuple(line for line in (f"Năm {year}", about) if line)),
        *([] if code else [Note(unseen(form.kind, year))]),
        *sheet.top(person),
        *written,
        *signed(form, person),
        *_scored(body),
        *how.after,
        *_annexed(sheet, form, body),
    ]
    return how.paper(f"kiem-diem-{form.kind.value}", kind, blocks)


def _sections(form: Form) -> list[Section]:
    """I to VI: the same in both."""
    return [section for part in form.parts if part.code == "A" for section in part.sections]


def _as_in_2023(sheet: Sheet, form: Form) -> list[Block]:
    blocks: list[Block] = [] if form.kind is FormKind.OUTSIDE else [*_posts()]
    for section in _sections(form):
        blocks.append(Heading(section.title, 1, section.code.replace(".", "-")))
        if section.code == "A.I":
            fields = sorted(section.fields, key=lambda field: field.code == _PLEDGE)
            for number, field in enumerate(fields, start=1):
                blocks += [*sheet.numbered(number, field), _degree()]
        else:
            blocks += sheet.section(section)
            if section.code == "A.III":
                blocks.append(_degree())
    blocks += [
        Heading("VII. Tự nhận mức xếp loại chất lượng", 1, "A-VII"),
        para("1. Xếp loại cán bộ, công chức, viên chức:", keep=True),
        *(level_boxes(None, kept=False) if form.kind is not FormKind.OUTSIDE else [para("(không thuộc đối tượng)")]),
        para("2. Xếp loại đảng viên:", keep=True),
        *sheet.levels(),
    ]
    return blocks


def _posts() -> list[Block]:
    return [para(bold(f"{post}: "), "." * 80) for post in _POSTS]


def _degree() -> Block:
    return para("Tự đánh giá về cấp độ thực hiện: ", "\u00a0\u00a0 ".join(f"{BOX}\u00a0{one}" for one in _DEGREES))


def _plain(sheet: Sheet, form: Form, body: Body, *, lines: bool) -> list[Block]:
    """What was written, under the words that were asked; on a sheet to fill in, every section."""
    blocks: list[Block] = []
    for section in _sections(form):
        said = any(text_of(body, field.code) or rows_of(body, field.code) for field in section.fields)
        if said or lines:
            blocks += [Heading(section.title, 1, section.code.replace(".", "-")), *sheet.section(section)]
    if text_of(body, "B.II") or lines:
        blocks += [para(bold("Tự nhận mức xếp loại:"), keep=True), *sheet.levels()]
    return blocks


def _scored(body: Body) -> list[Block]:
    """Those forms had no points; what was typed is not lost."""
    points = shown_score(total(body))
    return [Note(f"Điểm tự chấm đã ghi: {points}/100. Mẫu của năm đó không có phần này.")] if points else []


def _annexed(sheet: Sheet, form: Form, body: Body) -> list[Block]:
    for part in form.parts:
        if part.code == "PL" and any(rows_of(body, field.code) for one in part.sections for field in one.fields):
            return sheet.annex(part)
    return []
