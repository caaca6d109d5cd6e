"""Owns the Party's paper format as plain data, one dated style for each guideline."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

#: How sure we are of a figure: "seen" in a page that quotes the guideline, "derived"
#: from templates and checklists of practitioners who cite it, "practice" where the
#: guideline gives no figure (or we know of none) and we follow common papers.
Evidence = Literal["seen", "derived", "practice"]

PARTY_NAME: Final = "ĐẢNG CỘNG SẢN VIỆT NAM"
BOX: Final = "□"
STAR: Final = "*"
HYPHENS: Final = "-----"
DASH: Final = "- "
PICTURE_MM: Final = 100  # no photograph is higher on paper
RECIPIENTS_TITLE: Final = "Nơi nhận:"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    evidence: Evidence
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStyle:
    """Every length is in millimetres (`_mm`) or points (`_pt`)."""

    key: str
    guideline: str
    issued: date
    in_force_from: date

    page_width_mm: int
    page_height_mm: int
    margin_top_mm: int
    margin_bottom_mm: int
    margin_left_mm: int
    margin_right_mm: int
    left_block_mm: int
    right_block_mm: int
    above_title_mm: int
    above_signatures_mm: int

    fonts: tuple[str, ...]
    party_name_pt: int
    superior_pt: int
    issuer_pt: int
    number_pt: int
    day_pt: int
    kind_pt: int
    abstract_pt: int

    body_pt: int
    line_pt: int
    between_paragraphs_pt: int
    first_line_mm: int
    table_pt: int
    note_pt: int

    signature_pt: int
    signature_blank_lines: int
    recipients_title_pt: int
    recipients_pt: int
    between_recipients: str
    after_recipients: str

    page_number_pt: int
    page_number_from_edge_mm: int
    first_numbered_page: int
    two_sided: bool  # the back of a sheet mirrors its margins

    sources: Mapping[str, Source]

    @property
    def text_width_mm(self) -> int:
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm

    def recipient_lines(self, items: tuple[str, ...], file_copy: str) -> tuple[str, ...]:
        """The lines under "Nơi nhận:", with the dash and the guideline's punctuation."""
        names = [item.strip().rstrip(".,;") for item in (*items, file_copy) if item.strip()]
        ends = [self.between_recipients] * (len(names) - 1) + [self.after_recipients]
        return tuple(f"{DASH}{name}{end}" for name, end in zip(names, ends, strict=False))


def _cite(said: Mapping[Source, tuple[str, ...]]) -> Mapping[str, Source]:
    return MappingProxyType({name: source for source, names in said.items() for name in names})


_PAGE = ("page_width_mm", "page_height_mm")
_MARGINS = ("margin_top_mm", "margin_bottom_mm", "margin_left_mm", "margin_right_mm")
_HEAD = ("party_name_pt", "superior_pt", "issuer_pt", "number_pt", "day_pt")
_TITLE = ("kind_pt", "abstract_pt")
_SPACING = ("line_pt", "between_paragraphs_pt", "first_line_mm")
_ENDING = ("signature_pt", "signature_blank_lines", "recipients_title_pt", "recipients_pt")
_COMMAS = ("between_recipients", "after_recipients")
_NUMBERED = ("page_number_from_edge_mm", "first_numbered_page")

#: Lengths for which we know no figure in either guideline: common papers have these.
_BY_EYE = {
    Source("practice", "the shape of common papers"): (
        "left_block_mm",
        "right_block_mm",
        "above_title_mm",
        "above_signatures_mm",
        "table_pt",
        "note_pt",
        "two_sided",
    )
}

HD36: Final = PaperStyle(
    key="hd36",
    guideline="Hướng dẫn 36-HD/VPTW",
    issued=date(2018, 4, 3),
    in_force_from=date(2018, 4, 3),
    page_width_mm=210,
    page_height_mm=297,
    margin_top_mm=20,
    margin_bottom_mm=20,
    margin_left_mm=30,
    margin_right_mm=15,
    left_block_mm=70,
    right_block_mm=90,
    above_title_mm=10,
    above_signatures_mm=8,
    fonts=("Times New Roman", "Liberation Serif"),
    party_name_pt=15,
    superior_pt=14,
    issuer_pt=14,
    number_pt=14,
    day_pt=14,
    kind_pt=16,
    abstract_pt=14,
    body_pt=14,
    line_pt=18,
    between_paragraphs_pt=6,
    first_line_mm=10,
    table_pt=13,
    note_pt=11,
    signature_pt=14,
    signature_blank_lines=4,
    recipients_title_pt=14,
    recipients_pt=12,
    between_recipients=",",
    after_recipients=".",
    page_number_pt=14,
    page_number_from_edge_mm=10,
    first_numbered_page=2,
    two_sided=False,
    sources=_cite(
        {
            Source("seen", "quoted on thuvienphapluat.vn"): (*_PAGE, "fonts"),
            Source("seen", "Phụ lục 3, quoted on thuvienphapluat.vn"): (
                *_HEAD,
                *_TITLE,
                "body_pt",
            ),
            Source("derived", "templates of cells that cite it"): (
                *_MARGINS,
                *_SPACING,
                *_ENDING,
                *_COMMAS,
            ),
            Source("derived", "templates that cite it, and a province's handbook"): _NUMBERED,
            Source("derived", "as in Hướng dẫn 05-HD/VPTW"): ("page_number_pt",),
            **_BY_EYE,
        }
    ),
)

HD05: Final = replace(
    HD36,
    key="hd05",
    guideline="Hướng dẫn 05-HD/VPTW",
    issued=date(2026, 5, 27),
    in_force_from=date(2026, 5, 27),
    between_recipients=";",
    sources=_cite(
        {
            Source("derived", "templates and checklists that cite it, all agreeing"): (
                *_PAGE,
                *_MARGINS,
                "fonts",
                "issuer_pt",
                "number_pt",
                "day_pt",
                *_TITLE,
                "body_pt",
                "between_paragraphs_pt",
                "first_line_mm",
                *_ENDING,
                *_NUMBERED,
            ),
            Source("derived", "most templates that cite it; two have 14"): ("party_name_pt",),
            Source("derived", "most templates that cite it; 13 also seen"): ("superior_pt",),
            Source("derived", "templates that cite it; 19 and 20 also seen"): ("line_pt",),
            Source("derived", "templates that cite it: 13 to 14"): ("page_number_pt",),
            Source("derived", "one checklist that cites it"): _COMMAS,
            **_BY_EYE,
        }
    ),
)

#: Oldest first.
STYLES: Final = (HD36, HD05)


@dataclass(frozen=True, slots=True)
class Look:
    """What sources disagree on, as an organisation has settled it; 0 where it has not: then the guideline's figure.

    It is part of the paper: what was sealed looks the same when something else is settled later.
    """

    party_name_pt: int = 0
    superior_pt: int = 0
    kind_pt: int = 0
    abstract_pt: int = 0
    body_pt: int = 0
    line_pt: int = 0
    page_number_pt: int = 0
    two_sided: bool = False


AS_USUAL: Final = Look()


def worn(style: PaperStyle, look: Look) -> PaperStyle:
    """The style with what an organisation has settled."""
    settled = {field.name: value for field in fields(Look) if (value := getattr(look, field.name))}
    return replace(style, **settled)


def tighter(style: PaperStyle) -> PaperStyle:
    """With less air, for the sake of a page that would hold a few lines.

    Only what no guideline fixes: lines and paragraphs keep their distance; the room for a signature stays 19 mm high.
    """
    return replace(style, above_title_mm=6, above_signatures_mm=5, table_pt=style.table_pt - 1, signature_blank_lines=3)


def enlarged(style: PaperStyle) -> PaperStyle:
    """For a sheet that is read without glasses, or on a door: about as large again as half; no official paper."""
    return replace(
        style,
        above_title_mm=0,
        first_line_mm=0,
        kind_pt=26,
        abstract_pt=20,
        body_pt=21,
        line_pt=29,
        between_paragraphs_pt=10,
        table_pt=19,
        note_pt=16,
    )


def in_force(day: date) -> PaperStyle:
    """The style for a paper of that day; papers older than the first guideline take it too."""
    begun = [style for style in STYLES if style.in_force_from <= day]
    return begun[-1] if begun else STYLES[0]
