"""A photograph as it is kept: turned upright, at most 1600 pixels wide or high, without a word beside its pixels."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.apart import Bounds, TooMuch, apart
from documents.turn import Busy, turn
from members.refusal import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
EDGE = 1600
QUALITY = 82
SECONDS = 6  # of a processor: 40 megapixels take about one
KINDS = ("JPEG", "PNG", "WEBP")
NO_PHOTO = "Tệp này không phải ảnh JPEG, PNG hoặc WebP, hoặc ảnh đã hỏng. Xin chọn ảnh khác."
TOO_LARGE = "Ảnh này lớn quá 40 triệu điểm ảnh. Xin thu nhỏ rồi chọn lại."
BUSY = "Máy chủ đang lập văn bản cho người khác. Xin chờ vài giây rồi chọn lại ảnh."
_JPEG = b"\xff\xd8"


@dataclass(frozen=True, slots=True)
class Photo:
    """`width`, `height`: pixels, at most EDGE."""

    jpeg: bytes
    width: int
    height: int


def reencode(upload: UploadedFile) -> Photo:
    """Written anew in a child of the process; refused with the reason where it is no photograph or too large a one."""
    size = upload.size or 0
    if size == 0:
        raise Refused("Tệp trống.", field="file")
    if size > MAX_BYTES:
        raise Refused("Tệp ảnh nặng quá 15 MB.", field="file")
    upload.seek(0)
    try:
        with turn():  # as much memory as a paper takes, and several at once would take it several times
            found = apart(_anew, upload.read(), bounds=Bounds(seconds=SECONDS))
    except Busy:
        raise Refused(BUSY, field="file") from None
    except TooMuch:
        raise Refused(TOO_LARGE, field="file") from None
    except RuntimeError:  # what we did not think of: nobody has looked at it to its end
        logging.getLogger(__name__).exception("a photograph could not be written anew")
        raise Refused(NO_PHOTO, field="file") from None
    if not found.startswith(_JPEG):
        raise Refused(found.decode(), field="file")
    with Image.open(BytesIO(found), formats=("JPEG",)) as image:  # our own bytes: only their head is read
        return Photo(found, *image.size)


def _anew(data: bytes) -> bytes:
    """The bytes of a JPEG, or the sentence that refuses. How large it is stands in its head: looked at first."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=KINDS) as image:
            if image.width * image.height > MAX_PIXELS:
                return TOO_LARGE.encode()
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((EDGE, EDGE))
            kept = BytesIO()
            _opaque(upright).save(kept, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_LARGE.encode()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return NO_PHOTO.encode()
    return kept.getvalue()


def _opaque(image: Image.Image) -> Image.Image:
    """On white where it is transparent; only the pixels, none of what the file told beside them."""
    plain = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        shown = image.convert("RGBA")
        plain.paste(shown, mask=shown.getchannel("A"))
    else:
        plain.paste(image.convert("RGB"))
    return plain
