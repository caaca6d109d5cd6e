"""Owns the print stylesheet, computed from the figures of a paper style."""

from string import Template
from typing import Final

from documents.breaks import kept_last
from documents.chart import CHART_MM
from documents.model import Document, Table
from documents.style import PICTURE_MM, PaperStyle

#: $names are the figures of a PaperStyle, with its units.
_PRINT: Final = Template(
    """\
@page {
  size: $page_width_mm $page_height_mm;
  margin: $margin_top_mm $margin_right_mm $above_edge_mm $margin_left_mm;
  @top-center {
    content: counter(page);
    font: $page_number_pt/1 $fonts;
    padding-top: $page_number_from_edge_mm;
    vertical-align: top;
  }
}
@page :first { @top-center { content: none } }
$back@page { @top-right { content: element(mark); vertical-align: top; padding-top: $page_number_from_edge_mm } }
.paper > .paper-mark { position: running(mark); margin: 0; font-size: $note_pt; font-weight: bold; text-align: right }
html { font: $body_pt/$line_pt $fonts; color: #000; hyphens: none; overflow-wrap: anywhere }
body, p, h1, h2, h3, h4 { margin: 0; font-size: inherit; line-height: inherit }
p { orphans: 2; widows: 2 }
.paper > p, .paper-level-1, .paper-level-2, .paper-level-3 {
  margin-top: $between_paragraphs_pt;
  text-align: justify;
  text-indent: $first_line_mm;
}
.paper > .paper-flush { text-indent: 0 }
.paper > .paper-label { break-after: avoid }
.paper > .paper-kept { break-inside: avoid }
.paper .paper-new-page { break-before: page }
.paper-together { white-space: nowrap }
.paper .paper-level-1, .paper .paper-level-2, .paper .paper-level-3 { break-after: avoid; text-align: left }
.paper-level-3 { font-style: italic }
.paper > .paper-note { font-size: $note_pt; line-height: 1.25; text-indent: 0 }
.paper-level-1 + .paper-note, .paper-level-2 + .paper-note, .paper-level-3 + .paper-note { break-after: avoid }
.paper > .paper-code { position: absolute; top: -6mm; left: 0; margin: 0; line-height: 1 }

.paper-head, .paper-signatures { display: table; table-layout: fixed; width: 100% }
.paper-head > div, .paper-half { display: table-cell; text-align: center; vertical-align: top }
.paper-from { width: $left_block_mm }
.paper-under { width: $right_block_mm; padding-left: $between_blocks_mm }
.paper-superior { font-size: $superior_pt }
.paper-issuer { font-size: $issuer_pt; font-weight: bold }
.paper-number { font-size: $number_pt }
.paper-party { font-size: $party_name_pt; font-weight: bold; white-space: nowrap }
.paper-party span { border-bottom: 0.75pt solid; padding-bottom: 3.5pt }
.paper-day { font-size: $day_pt; font-style: italic; margin-top: 12pt }

.paper-title { margin-top: $above_title_mm; text-align: center; break-after: avoid }
.paper-kind { font-size: $kind_pt; line-height: 1.25 }
.paper-abstract { font-size: $abstract_pt; font-weight: bold }

.paper-table { margin-top: $between_paragraphs_pt; width: 100%; table-layout: fixed;
  border-collapse: collapse; font-size: $table_pt; line-height: 1.25 }
.paper-table caption { font-weight: bold; text-align: center; padding-bottom: 3pt; break-after: avoid }
.paper-table .paper-whole { break-inside: avoid }
.paper-table .paper-first-row { break-after: avoid }
.paper-table .paper-last-row { break-before: avoid }
.paper-table .paper-total { font-weight: bold }
.paper-table th, .paper-table td { border: 0.5pt solid; padding: 1pt 4pt; vertical-align: top }
.paper-table th { text-align: center; vertical-align: middle }
.paper-left { text-align: left }
.paper-center { text-align: center }
.paper-right { text-align: right }

.paper-signatures { margin-top: $above_signatures_mm; font-size: $signature_pt;
  break-inside: avoid; break-before: avoid }
.paper-signatures + :is(p, h2, h3, h4):not(.paper-note):not(.paper-new-page) { margin-top: $above_signatures_mm }
.paper-half { width: 50%; padding: 0 3mm; box-sizing: border-box }
.paper-authority, .paper-name { font-weight: bold }
.paper-room { height: $signature_room_pt }
.paper-signed { font-size: $note_pt; font-style: italic; line-height: 1.25 }
.paper-recipients { padding-left: 0; font-size: $recipients_pt; line-height: 1.25; text-align: left }
.paper-recipients p:first-child { font-size: $recipients_title_pt; line-height: $line_pt }
.paper-picture { margin: $between_paragraphs_pt 0 0; text-align: center; break-inside: avoid }
.paper-picture img { max-width: 100%; max-height: $picture_mm }
.paper-chart img { display: block; margin: 0 auto; width: $chart_mm }
.paper-picture figcaption { font-size: $table_pt; font-style: italic; line-height: 1.25 }
@page slips { margin: 12mm; @top-center { content: none } }
.paper-slips { page: slips; display: table; table-layout: fixed; width: 100%; border-collapse: collapse;
  line-height: 1.25 }
.paper-slips > div { display: table-row; break-inside: avoid }
.paper-slip, .paper-no-slip { display: table-cell; width: 50%; padding: 4mm 5mm; box-sizing: border-box }
.paper-slip { border: 0.75pt dashed }
.paper-slip > p { font-size: $note_pt; text-align: center }
.paper-slip > .paper-slip-issuer { font-weight: bold }
.paper-slip > .paper-slip-title { margin-top: 3mm; font-size: $body_pt; font-weight: bold }
.paper-slip > .paper-slip-question { margin: 2mm 0; font-size: $table_pt; text-align: left }
.paper-slip > .paper-choice { margin-top: 2mm; padding-left: 8mm; font-size: $body_pt; text-align: left }
.paper-slip > .paper-slip-how { margin-top: 3mm; font-style: italic }
@page { @bottom-center { content: element(foot); width: 100%; vertical-align: top; padding-top: 3mm } }
.paper > .paper-foot { position: running(foot); margin: 0; font-size: $note_pt; line-height: 1.25; text-align: center;
  text-indent: 0 }
@page { @bottom-left { content: element(proof); width: 100%; vertical-align: top; padding-top: 2mm } }
.paper-proof { position: running(proof); height: 13mm; font-size: 9pt; line-height: 1.25 }
.paper-proof svg { float: left; width: 13mm; height: 13mm; margin-right: 3mm }
.paper-proof p { margin: 0; text-indent: 0; text-align: left }
.paper-wrong { margin: 0 0 6mm; padding: 2mm; border: 1.5pt solid #b00000; color: #b00000; font-weight: bold;
  text-indent: 0; text-align: left }
"""
)


# The other side of a sheet: what is bound is inside.
_BACK: Final = "@page :left { margin-left: $margin_right_mm; margin-right: $margin_left_mm }\n"


def stylesheet(document: Document, style: PaperStyle, *, ending: bool = False) -> str:
    """The CSS of one document: the style's, and the exact column widths of its tables.

    `ending`: some of what stands before the last lines comes with them to the last page.
    """
    tables = {columns_class(block): block for block in document.blocks if isinstance(block, Table)}
    widths = "".join(rule for table in tables.values() for rule in _column_rules(table))
    last = f".paper > :nth-last-child(-n+{kept_last(document.blocks)})"
    last = (
        f"{last}:not(:last-child) {{ break-after: avoid }}\n{last}:is(p):not(.paper-long) {{ break-inside: avoid }}\n"
    )
    return _PRINT.substitute(_figures(style)) + widths + (last if ending else "")


def columns_class(table: Table) -> str:
    """Named for the widths, so that tables of one shape share their rules."""
    return "paper-cols-" + "-".join(str(column.width) for column in table.columns)


def _column_rules(table: Table) -> list[str]:
    total = sum(column.width for column in table.columns)
    columns = f".{columns_class(table)} col:nth-child"
    return [
        f"{columns}({number}) {{ width: {column.width * 100 / total:.3f}% }}\n"
        for number, column in enumerate(table.columns, start=1)
    ]


#: Half of a table's lowest line, which office programs count as part of its row and a browser does not.
_BORDER: Final = 0.1


def _figures(style: PaperStyle) -> dict[str, str]:
    figures = {
        name: f"{getattr(style, name)}{name[-2:]}"
        for name in PaperStyle.__dataclass_fields__
        if name.endswith(("_mm", "_pt"))
    }
    between = style.text_width_mm - style.left_block_mm - style.right_block_mm
    return figures | {
        "back": Template(_BACK).substitute(figures) if style.two_sided else "",
        "between_blocks_mm": f"{between}mm",
        "above_edge_mm": f"{style.margin_bottom_mm + _BORDER}mm",
        "picture_mm": f"{PICTURE_MM}mm",
        "chart_mm": f"{CHART_MM}mm",
        "signature_room_pt": f"{style.signature_blank_lines * style.line_pt}pt",
        "fonts": ", ".join(f'"{font}"' for font in style.fonts) + ", serif",
    }
