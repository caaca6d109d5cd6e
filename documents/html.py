"""Owns the markup of a paper: a whole page for print, a fragment for our own screens."""

import re
from base64 import b64encode
from collections.abc import Iterable
from itertools import zip_longest
from typing import assert_never

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents import glyphs, style
from documents.breaks import is_whole
from documents.chart import Chart, svg
from documents.css import columns_class, stylesheet
from documents.model import (
    Block,
    Bullets,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Picture,
    Recipients,
    Run,
    Signature,
    Signatures,
    Slips,
    Table,
    Title,
    canonical_text,
    plain_text,
)
from documents.proof import Proof, above, below

#: A hundred letters (an escaped one counts once) with no room to break. The time to set a
#: word grows with the square of its length: 100 kB without a space would take minutes.
_LONG_WORD = re.compile(r"(?:&#?\w+;|[^ \t\n&]){100}(?=[^ \t\n])")


# "16 giờ", "ngày 05", "12-HD/BTCTW": what a line must not end inside of.
UNIT = re.compile(r"\b(?:\d{1,4} (?:giờ|phút)|(?:ngày \d{1,2} tháng|ngày|tháng|năm|Số) \d{1,4})\b")
# With the sign behind it, which is set closer to its last letter.
_SYMBOL = re.compile(r"(?:“?Số&nbsp;)?\b(?:\d{1,4}-)?[A-ZĐ]{2,4}r?/[A-ZĐ][A-ZĐr]{1,7}\b”?[.,]?")
_CODE = re.compile(r"\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b")  # of an entry in the book


def to_html(document: Document, proof: Proof | None = None, css: str = "") -> str:
    """A complete page that needs nothing from outside; its title is the first heading. `proof`: of a sealed paper.

    `css`: its print stylesheet, where that is not quite the one of its style.
    """
    day = document.day.isoformat()
    return (
        f'<!DOCTYPE html>\n<html lang="{_plain(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f"<title>{_plain(document.title)}</title>\n"
        f'<meta name="dcterms.created" content="{day}">\n'
        f'<meta name="dcterms.modified" content="{day}">\n'
        f"<style>\n{css or stylesheet(document, document.style())}</style>\n</head>\n"
        f"<body>\n{above(proof)}{_article(document, top=1)}{below(proof)}\n</body>\n</html>\n"
    )


def to_fragment(document: Document) -> SafeString:
    """The same paper for a page that has its own h1; looks come from static/paper.css."""
    wide = any(isinstance(block, Table) for block in document.blocks)
    moves = f' role="region" tabindex="0" aria-label="{_plain(document.title)}"' if wide else ""
    return mark_safe(_article(document, top=2, moves=moves))  # noqa: S308 (every text passed _text)


def in_parts(document: Document) -> tuple[tuple[str, SafeString], ...]:
    """What stands inside the fragment, part by part ("" before the first), for a page that puts something between."""
    paper = document.style()
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for block in document.blocks:
        if isinstance(block, Heading) and block.part:
            pieces.append((block.part, []))
        pieces[-1][1].append(_block(block, paper, top=2))
    return tuple((part, mark_safe("\n".join(html))) for part, html in pieces)  # noqa: S308 (every text passed _text)


def _article(document: Document, top: int, moves: str = "") -> str:
    """`top` is the heading level of the paper's title; `moves`: on a phone sideways, so that keys reach it as well."""
    paper = document.style()
    mark = _p(_text(document.mark), "paper-mark") + "\n" if document.mark else ""
    mark += _p(_text(document.foot), "paper-foot") + "\n" if document.foot else ""
    blocks = "\n".join(
        # The code of a form stands in the margin, so that its head is as high as on every other paper.
        _p(_text(block.text), "paper-note paper-code")
        if isinstance(block, Note) and isinstance(after, Head)
        else _block(block, paper, top, kept=isinstance(after, Signatures))
        for block, after in zip_longest(document.blocks, document.blocks[1:])
    )
    if unprintable(document):
        blocks += "\n" + _p(_text(glyphs.SAID), "paper-note")
    return f'<article class="paper" lang="{_plain(document.language)}"{moves}>\n{mark}{blocks}\n</article>'


def _block(block: Block, paper: style.PaperStyle, top: int, *, kept: bool = False) -> str:
    """`kept`: signatures follow, so that it comes to their page."""
    match block:
        case Head():
            return _head(block)
        case Title():
            return _title(block, top)
        case Heading():
            return _heading(block, top)
        case Paragraph():
            label = "paper-label" if block.is_label else ""
            return _said(block.runs, "" if block.indent else "paper-flush", label, kept=kept)
        case Bullets():
            last = len(block.items) - 1
            dashed = ((Run(style.DASH), *item) for item in block.items)
            return "\n".join(_said(item, kept=kept and number == last) for number, item in enumerate(dashed))
        case Table():
            return _table(block)
        case Signatures():
            return _signatures(block, paper)
        case Slips():
            return _slips(block)
        case Note() | Picture() | Chart():
            return _p(_text(block.text), "paper-note") if isinstance(block, Note) else _picture(block)
        case _:
            assert_never(block)


def drawn(chart: Chart) -> SafeString:
    """As a page holds it."""
    return mark_safe(svg(chart))  # noqa: S308 (every word is escaped there)


def _head(head: Head) -> str:
    left = [
        _p(_text(head.superior), "paper-superior"),
        _p(_text(head.issuer), "paper-issuer"),
        _p(style.STAR),
    ]
    if head.number:
        left.append(_p(_text(head.number), "paper-number"))
    right = [_p(f"<span>{style.PARTY_NAME}</span>", "paper-party")]
    if head.place_and_day:
        right.append(_p(_text(head.place_and_day), "paper-day"))
    return (
        '<header class="paper-head">'
        f'<div class="paper-from">{"".join(left)}</div>'
        f'<div class="paper-under">{"".join(right)}</div>'
        "</header>"
    )


def _title(title: Title, top: int) -> str:
    abstract = "".join(_p(_text(line), "paper-abstract") for line in title.abstract)
    return (
        f'<div class="paper-title"><h{top} class="paper-kind">{_text(title.kind)}</h{top}>'
        f"{abstract}{_p(style.HYPHENS)}</div>"
    )


def _heading(heading: Heading, top: int) -> str:
    tag = f"h{top + heading.level}"
    anchor = f' id="part-{heading.part}"' if heading.part else ""
    level = f"paper-level-{heading.level}" + (" paper-new-page" if heading.new_page else "")
    return f'<{tag} class="{level}"{anchor}>{_text(heading.text)}</{tag}>'


def is_tall(row: tuple[str, ...]) -> bool:
    """It may fill a page, and one that is kept whole then loses the header above it."""
    return max(map(len, row)) > 1200


_NARROW = 45  # millimetres


def _row_class(table: Table, number: int) -> str:
    """The last row of a longer table is not left alone on a page; nor is the first under its header."""
    row, last = table.rows[number], len(table.rows) - 1
    tall = is_tall(row)
    classes = (
        "" if tall else "paper-whole",
        "paper-first-row" if number == 0 and last > 0 and not tall else "",
        "paper-last-row" if number == last and last > 1 and not tall else "",
        "paper-total" if table.total and number == last else "",
    )
    return " ".join(filter(None, classes))


def _table(table: Table) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    cols = "".join(f'<col class="{_share_class(table, column.width)}">' for column in table.columns)
    titles = "".join(f'<th scope="col">{_text(column.title)}</th>' for column in table.columns)
    rows = "\n".join(
        (f'<tr class="{classes}">' if (classes := _row_class(table, number)) else "<tr>")
        + "".join(
            f'<td class="paper-{column.align}">{_text(cell, narrow=column.width < _NARROW)}</td>'
            for column, cell in zip(table.columns, row, strict=True)
        )
        + "</tr>"
        for number, row in enumerate(table.rows)
    )
    return (
        f'<table class="paper-table {columns_class(table)}">{caption}<colgroup>{cols}</colgroup>'
        f"<thead><tr>{titles}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )


def _share_class(table: Table, width: int) -> str:
    """On a screen widths are steps of 5 %: it has no room for a rule for each millimetre."""
    share = width * 100 / sum(column.width for column in table.columns)
    return f"paper-w{max(5, 5 * round(share / 5))}"


def _signatures(block: Signatures, paper: style.PaperStyle) -> str:
    halves = (block.left, block.right)
    roles = max((len(half.role_lines) for half in halves if half), default=0)
    left = _recipients(block.recipients, paper) if block.recipients else _half(block.left, roles)
    return f'<footer class="paper-signatures">{left}{_half(block.right, roles)}</footer>'


def _half(signature: Signature | None, roles: int) -> str:
    """`roles` lines are kept free in both halves, so that the names stand level."""
    if signature is None:
        return '<div class="paper-half"></div>'
    lines = [
        _p(_text(line), "paper-authority" if number == 0 else "paper-post")
        for number, line in enumerate(signature.role_lines)
    ]
    lines += [_p("&nbsp;", "paper-post")] * (roles - len(signature.role_lines))
    note = _p(_text(signature.note), "paper-signed") if signature.note else ""
    return (
        f'<div class="paper-half">{"".join(lines)}<div class="paper-room">{note}</div>'
        f"{_p(_text(signature.name), 'paper-name')}</div>"
    )


def _recipients(recipients: Recipients, paper: style.PaperStyle) -> str:
    lines = paper.recipient_lines(recipients.items, recipients.file_copy)
    return (
        f'<div class="paper-half paper-recipients">{_p(f"<u>{style.RECIPIENTS_TITLE}</u>")}'
        f"{''.join(_p(_text(line)) for line in lines)}</div>"
    )


def _slips(block: Slips) -> str:
    """In rows of two, so that one cut parts a row; a last one that is left over has its row to itself."""
    boxes = "".join(_p(f"{style.BOX} {_text(choice)}", "paper-choice") for choice in block.choices)
    slip = (
        f'<div class="paper-slip">{_p(_text(block.issuer), "paper-slip-issuer")}{_p(_text(block.occasion))}'
        f"{_p(_text(block.title), 'paper-slip-title')}{_p(_text(block.question), 'paper-slip-question')}"
        f"{boxes}{_p(_text(block.how), 'paper-slip-how')}</div>"
    )
    rows = [min(2, block.count - first) for first in range(0, block.count, 2)]
    filled = (slip * number + '<div class="paper-no-slip"></div>' * (2 - number) for number in rows)
    return f'<div class="paper-slips">{"".join(f"<div>{row}</div>" for row in filled)}</div>'


def _picture(block: Picture | Chart) -> str:
    """Its bytes stand in the page itself: nothing is fetched."""
    if isinstance(block, Picture):
        shown, data, said = "paper-picture", f"image/jpeg;base64,{block.jpeg}", block.caption
    else:
        drawn_so = b64encode(svg(block, ", ".join(style.STYLES[-1].fonts)).encode()).decode()
        shown, data, said = "paper-picture paper-chart", f"image/svg+xml;base64,{drawn_so}", block.described()
    return (
        f'<figure class="{shown}"><img src="data:{data}" alt="{_plain(said)}">'
        f"<figcaption>{_text(block.caption)}</figcaption></figure>"
    )


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _said(runs: tuple[Run, ...], *classes: str, kept: bool) -> str:
    whole = is_whole(runs)
    named = (*classes, "paper-kept" if kept and whole else "", "" if whole else "paper-long")
    return _p(_runs(runs), " ".join(filter(None, named)))


def _run(run: Run) -> str:
    inner = _text(run.text)
    if run.italic:
        inner = f"<em>{inner}</em>"
    return f"<strong>{inner}</strong>" if run.bold else inner


def _p(inner: str, css_class: str = "") -> str:
    return f'<p class="{css_class}">{inner}</p>' if css_class else f"<p>{inner}</p>"


def _text(text: str, *, narrow: bool = False) -> str:
    """`narrow`: no room for a symbol that does not break."""
    plain = _LONG_WORD.sub(r"\g<0><wbr>", _plain(text))
    if "-" in plain:
        plain = _CODE.sub(r'<span class="paper-together">\g<0></span>', plain)
    if any(map(str.isdigit, plain)):
        plain = UNIT.sub(lambda found: found[0].replace(" ", "&nbsp;"), plain)
    if "/" in plain and not narrow:
        plain = _SYMBOL.sub(r'<span class="paper-together">\g<0></span>', plain)
    return plain.replace("\n", "<br>")


def _plain(text: str) -> str:
    return escape(glyphs.shown(canonical_text(text)))


def unprintable(document: Document) -> tuple[str, ...]:
    """The signs of this paper that no face of it has, each once."""
    return glyphs.strange(plain_text(document))
