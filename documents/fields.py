"""Owns the empty signature fields: one over each name of a paper, for whoever signs it outside with their own key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure.boxes import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weasyprint import Document as Layout

#: How a field is called inside the file; 1 is the leftmost.
NAME: Final = "o-ky-{}"
_POINT = 0.75  # of a pixel, in which a layout counts
_PRINTED = 4  # flag of an annotation
_APPENDED = 3  # there are signature fields; who saves the file adds to it and never writes it anew


def with_fields(said: list[str]) -> Callable[[Layout, Any], None]:
    """What finishes a PDF: an empty field in the room over each name, read out as `said`, from left to right.

    The file stays PDF/A-2a and PDF/UA-1: each field has an appearance (an empty one) and stands among the tags.
    """

    def finish(layout: Layout, pdf: Any) -> None:
        tree = next(one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructTreeRoot")
        above, mapping = _at(pdf, tree["K"][0]), _at(pdf, tree["ParentTree"])
        fields = pydyf.Array()
        for number, (page, place) in enumerate(_rooms(layout), start=1):
            held = pdf.objects[pdf.pages["Kids"][3 * page]]
            looks = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": _box(0, 0, *_size(place))})
            pdf.add_object(looks)
            key = max(mapping["Nums"][::2]) + 1
            words = said[number - 1] if number <= len(said) else ""
            field = pydyf.Dictionary(
                {
                    "Type": "/Annot",
                    "Subtype": "/Widget",
                    "FT": "/Sig",
                    "T": pydyf.String(NAME.format(number)),
                    "TU": pydyf.String(words),
                    "F": _PRINTED,
                    "Rect": _box(*place),
                    "P": held.reference,
                    "AP": pydyf.Dictionary({"N": looks.reference}),
                    "StructParent": key,
                }
            )
            pdf.add_object(field)
            tag = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/Form",
                    "P": above.reference,
                    "Pg": held.reference,
                    "K": pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference}),
                }
            )
            pdf.add_object(tag)
            above["K"].append(tag.reference)
            mapping["Nums"].extend([key, tag.reference])
            held.setdefault("Annots", pydyf.Array()).append(field.reference)
            fields.append(field.reference)
        form = pydyf.Dictionary({"Fields": fields, "SigFlags": _APPENDED})
        pdf.add_object(form)
        pdf.catalog["AcroForm"] = form.reference

    return finish


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _rooms(layout: Layout) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Page and place, in points from below, of what is free between the note of a confirmation and the name."""
    for number, page in enumerate(layout.pages):
        for room in page._page_box.descendants():
            if room.element is None or room.element.get("class") != "paper-room":
                continue
            lines = [box.position_y + box.height for box in room.descendants() if isinstance(box, LineBox)]
            top, bottom = max([room.content_box_y(), *lines]), room.content_box_y() + room.height
            left, right = room.content_box_x(), room.content_box_x() + room.width
            yield number, tuple(_POINT * at for at in (left, page.height - bottom, right, page.height - top))


def _size(place: tuple[float, float, float, float]) -> tuple[float, float]:
    return place[2] - place[0], place[3] - place[1]


def _box(*sides: float) -> pydyf.Array:
    return pydyf.Array([round(side, 2) for side in sides])
