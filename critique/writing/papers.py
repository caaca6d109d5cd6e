"""The forms on paper: filled in, or with lines to write on; a reader's copy names its reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from critique.official_forms.body import Body, Row, rows_of, score_of, shown_score, text_of, total
from critique.official_forms.model import Column as FormColumn
from critique.official_forms.model import ColumnKind, Field, FieldKind, Form, FormKind, Level, Part, Section, day_of
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    italic,
    para,
)
from guideline.model import party_date
from meetings.wording import comrade, paper_day
from members.house import own

#: As many full stops as fill a line of the paper's text.
_DOTTED = "." * 132
_LINES = {"A.I": 7, "A.II": 6, "A.III": 6, "A.IV": 4, "A.V": 4, "A.VI": 6}
_EMPTY_TASKS = 8
_NOTHING = "(không ghi)"
BOX, TICKED = "□", "■"
_GAP = "\u00a0" * 6

_MEASURES = (
    Column("TT", 10, "center"),
    Column("Phương hướng, biện pháp", 90),
    Column("Thời hạn", 27, "center"),
    Column("Người giúp đỡ, theo dõi", 38),
)
_TASKS = (
    Column("TT", 11, "center"),
    Column("Nhiệm vụ", 44),
    Column("Hạn", 25, "center"),
    Column("Ngày xong", 25, "center"),
    Column("Kết quả, tiến độ, chất lượng", 30),
    Column("Sản phẩm, minh chứng", 30),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose form it is; for the collective's report `name` is the name of the collective."""

    name: str
    issuer: str  # CHI BỘ …, as on other papers
    superior: str = ""
    place: str = ""
    cell: str = ""
    born_on: date | None = None
    signer: Signature | None = None  # who signs for a collective


@dataclass(frozen=True, slots=True)
class How:
    """For which year, and for whom. `lines`: dotted lines wherever nothing is written yet. `reader`: whose copy it is.
    Without `day`, undated. `after`: what others say of it, below the signature.
    """

    year: int
    day: date | None = None
    lines: bool = False
    reader: str = ""
    after: tuple[Block, ...] = ()

    def paper(self, name: str, title: str, blocks: list[Block]) -> Document:
        """`name` and `title` without the year. An undated paper is set in the style of the year's last day."""
        return Document(
            name=f"{name}-{self.year}",
            title=f"{title.capitalize()} năm {self.year}",
            day=self.day or date(self.year, 12, 31),
            blocks=tuple(blocks),
            foot=_copy_of(self.reader) if self.reader else "",
        )


def build_form(form: Form, body: Body, person: Person, how: How) -> Document:
    """On the forms of 2025."""
    sheet, year = Sheet(form, body, lines=how.lines), how.year
    blocks: list[Block] = [
        Note(form.code),
        top_of(person, how),
        Title(form.title, tuple(line for line in (f"Năm {year}", f"({form.about})" if form.about else "") if line)),
        *sheet.top(person),
    ]
    for part in form.parts:
        if part.code == "A":
            blocks += sheet.part(part)
        elif part.code == "B":
            blocks += [*sheet.part(part), *sheet.annex_line(), *signed(form, person), *how.after]
        elif part.code == "PL":
            blocks += sheet.annex(part)
    return how.paper(f"mau-{form.kind.value}", form.title, blocks)


def _copy_of(reader: str) -> str:
    return f"Bản để {comrade(reader)} đọc; không sao chép, không chuyển cho người khác."


def top_of(person: Person, how: How) -> Head:
    """The two columns on top; no such paper has a number."""
    written = paper_day(how.day) if how.day else f"ngày …… tháng …… năm {how.year}"
    return Head(person.superior, person.issuer, "", f"{person.place or '…………'}, {written}")


def signed(form: Form, person: Person) -> list[Block]:
    writer = Signature(form.signed_by, "" if form.kind is FormKind.COLLECTIVE else person.name)
    return [Signatures(None, person.signer or writer)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form with what is written on it."""

    form: Form
    body: Body
    lines: bool

    def top(self, person: Person) -> list[Block]:
        if self.form.kind is FormKind.COLLECTIVE:
            return [para(bold("Tập thể: "), person.name or "." * 100)]
        born = party_date(person.born_on) if person.born_on else "." * 30
        blocks: list[Block] = [
            para(bold("Họ và tên: "), (person.name or "." * 50) + _GAP, bold("Ngày sinh: "), born),
        ]
        for field in (field for field in self.form.fields if field.kind is FieldKind.LINE):
            written = text_of(self.body, field.code)
            blocks.append(para(bold(f"{field.label}: "), written or ("." * 90 if self.lines else _NOTHING)))
        return [*blocks, para(bold("Chi bộ: "), person.cell.removeprefix("Chi bộ ") or "." * 100)]

    def part(self, part: Part) -> list[Block]:
        blocks: list[Block] = [Heading(part.title, 1, part.code)]
        for section in part.sections:
            blocks.append(Heading(section.title, 2, section.code.replace(".", "-")))
            if section.note:
                blocks.append(para(italic(own(section.note)), keep=True))
            blocks += self.section(section)
        return blocks

    def section(self, section: Section) -> list[Block]:
        match section.code:
            case "A.II":
                return self._shortcomings()
            case "A.VI":
                return self._measures()
            case "B.I":
                return self._scores(section)
            case "B.II":
                return self.levels()
            case "A.I":
                return [block for n, field in enumerate(section.fields, 1) for block in self.numbered(n, field)]
        return [block for field in section.fields for block in self._field(field)]

    def numbered(self, number: int, field: Field) -> list[Block]:
        return [para(bold(f"{number}. "), italic(own(field.label)), keep=True), *self._text(field)]

    def _field(self, field: Field) -> list[Block]:
        return self._rows(field) if field.kind is FieldKind.ROWS else self._text(field)

    def _text(self, field: Field) -> list[Block]:
        written = text_of(self.body, field.code)
        section = field.code if field.code in _LINES else "A.I"
        return list(_paragraphs(written)) if written else self._nothing(_LINES[section])

    def _nothing(self, lines: int) -> list[Block]:
        if self.lines:
            return dotted(lines)
        return [para(italic(_NOTHING))]

    def _rows(self, field: Field) -> list[Block]:
        """Each row as in the form: the first cell as its heading, the others with their names."""
        blocks: list[Block] = []
        first, *others = field.columns
        rows = rows_of(self.body, field.code)
        for number, row in enumerate(rows, start=1):
            blocks += _labelled(bold(f"{number}. "), row.get(first.code, ""))
            for column in others:
                written = _words(column, row.get(column.code, ""))
                if written:
                    blocks += _labelled(Run(f"- {column.label}: "), written)
                elif self.lines:
                    blocks.append(para(f"- {column.label}: " + "." * (110 - len(column.label))))
        return blocks or self._nothing(_LINES[field.code])

    def _shortcomings(self) -> list[Block]:
        rows = rows_of(self.body, "A.II")
        blocks: list[Block] = [para(bold("1. Hạn chế, khuyết điểm"), keep=True)]
        blocks += self._each(rows, "shortcoming")
        blocks.append(para(bold("2. Nguyên nhân của hạn chế, khuyết điểm"), keep=True))
        return blocks + self._each(rows, "cause")

    def _each(self, rows: Iterable[Row], code: str) -> list[Block]:
        blocks: list[Block] = []
        for number, row in enumerate(rows, start=1):
            if row.get(code):
                blocks += _labelled(Run(f"- Hạn chế {number}: "), row[code])
        return blocks or self._nothing(_LINES["A.II"])

    def _measures(self) -> list[Block]:
        """The measures of section II and the further ones in one table: what next year asks about."""
        told = [(f"Hạn chế {n}: ", row) for n, row in enumerate(rows_of(self.body, "A.II"), start=1)]
        told += [("", row) for row in rows_of(self.body, "A.VI")]
        kept = [(about, row) for about, row in told if row.get("measure") or row.get("due") or row.get("helper")]
        if not kept:
            return self._nothing(_LINES["A.VI"])
        rows = tuple(
            (
                str(number),
                f"{about}{row.get('measure', '')}".rstrip(": "),
                _day(row.get("due", "")),
                row.get("helper", ""),
            )
            for number, (about, row) in enumerate(kept, start=1)
        )
        return [Table(_MEASURES, rows)]

    def _scores(self, section: Section) -> list[Block]:
        blocks: list[Block] = [
            para(f"{number}. {field.label}: ", bold(f"{self._points(field)}/{field.maximum}"))
            for number, field in enumerate((one for one in section.fields if one.maximum), start=1)
        ]
        blocks.append(para(bold(f"Tổng điểm: {shown_score(total(self.body)) or '……'}/100")))
        detail = next((one for one in section.fields if one.kind is FieldKind.ROWS), None)
        rows = rows_of(self.body, detail.code) if detail else []
        if detail is not None and rows:
            columns = tuple(Column(one.label, one.width) for one in detail.columns)
            cells = tuple(tuple(row.get(one.code, "") for one in detail.columns) for row in rows)
            blocks += [para(f"{detail.label}:"), Table(columns, cells)]
        return blocks

    def _points(self, field: Field) -> str:
        return shown_score(score_of(self.body, field.code)) or "……"

    def levels(self) -> list[Block]:
        return level_boxes(text_of(self.body, "B.II"))

    def annex_line(self) -> list[Block]:
        """Pages that reproduce Mẫu 02C do not have it."""
        if self.form.kind is FormKind.OUTSIDE:
            return []
        words = (
            "(Gửi kèm Phụ lục về kết quả thực hiện nhiệm vụ, trong đó thể hiện sản phẩm, tiến độ, chất lượng cụ "
            "thể theo hướng dẫn của các cấp uỷ, tổ chức đảng)"
        )
        return [para(italic(own(words)))]

    def annex(self, part: Part) -> list[Block]:
        (section,) = part.sections
        (field,) = section.fields
        rows = [self._task(field, number, row) for number, row in enumerate(rows_of(self.body, field.code), start=1)]
        if self.form.kind is FormKind.OUTSIDE and not rows:
            return []
        if self.lines:
            rows += [(str(n), "\n\n", "", "", "", "") for n in range(len(rows) + 1, _EMPTY_TASKS + 1)]
        blocks: list[Block] = [Heading(part.title, 1, part.code, new_page=bool(rows))]
        return blocks + ([Table(_TASKS, tuple(rows))] if rows else [para(italic(_NOTHING))])

    def _task(self, field: Field, number: int, row: Row) -> tuple[str, ...]:
        said = {column.code: _words(column, row.get(column.code, "")) for column in field.columns}
        source = f"({said['source']})" if said["source"] else ""
        quality = f"chất lượng: {said['quality']}" if said["quality"] else ""
        return (
            str(number),
            _stacked(said["task"], source),
            said["due"],
            said["done_on"],
            _stacked(said["result"], said["pace"], quality),
            _stacked(said["proof"], said["note"]),
        )


def level_boxes(chosen: str | None, *, kept: bool = True) -> list[Block]:
    """The four levels to choose from, the chosen one ticked. `kept`: the last stays with what follows, a signature."""
    levels = list(Level)
    return [
        para(
            bold(f"{TICKED} {level.label}") if level == chosen else Run(f"{BOX} {level.label}"),
            keep=kept or level != levels[-1],
        )
        for level in levels
    ]


def dotted(lines: int, *, kept: bool = False) -> list[Block]:
    """Lines to write on by hand. `kept`: the last does not stand alone on a page, above somebody's signature."""
    return [para(_DOTTED, indent=False, keep=kept and number == lines - 2) for number in range(lines)]


def _words(column: FormColumn, value: str) -> str:
    return _day(value) if column.kind is ColumnKind.DAY else column.words(value)


def _day(value: str) -> str:
    """As the Party writes a day; other words as they were typed."""
    day = day_of(value)
    return party_date(day) if day else value


def _stacked(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _paragraphs(text: str) -> list[Paragraph]:
    return [para(line.strip()) for line in text.splitlines() if line.strip()]


def _labelled(label: Run, text: str) -> list[Paragraph]:
    first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    return [para(label, first), *(para(line) for line in rest)]
