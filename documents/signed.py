"""A paper that came back signed: the bytes that were given out, signatures, and nothing else; and what each is worth.

Looked at beside the server (documents/apart.py) and without any network: who a certificate leads to is known by the
certificates in the administrator's folder, whether it was revoked by what lies in the file or in that folder.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.conf import settings

from documents.apart import Bounds, TooMuch, apart
from documents.turn import turn

SECONDS = 6  # of a processor; two signatures take some tenths
UNREADABLE: Final = (
    "Không đọc được tệp này: tệp hỏng, bị cắt bớt, hoặc quá phức tạp. Xin ký lại trên bản đã tải về từ trang này."
)
Result = Literal["valid", "invalid", "unknown"]
#: In the words of the page.
RESULTS: Final[dict[str, str]] = {"valid": "Hợp lệ", "invalid": "Không hợp lệ", "unknown": "Không kiểm tra được"}


@dataclass(frozen=True, slots=True)
class Found:
    """One signature. `field`: the number of its place, 1 the leftmost; `name`, `issuer`: of the certificate; `at`: when
    it was made, by a trusted time stamp where `stamped`, otherwise by the signer's own clock; `revocation`: a sentence.
    """

    field: int
    result: Result
    reason: str
    name: str
    issuer: str
    at: datetime | None
    stamped: bool
    revocation: str

    @property
    def word(self) -> str:
        return RESULTS[self.result]


@dataclass(frozen=True, slots=True)
class Looked:
    """`refused`: why it is not the paper plus signatures; then nothing is found. `anchors`: how many certificates of
    authorities the folder holds; `passed_over`: files there that cannot be read.
    """

    refused: str = ""
    found: tuple[Found, ...] = ()
    anchors: int = 0
    passed_over: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[int]:
        return frozenset(one.field for one in self.found)


def look(data: bytes, given: int, at: datetime, *, one_person: bool = False) -> Looked:
    """Of a file whose first `given` bytes are known to be those that were given out, as it is judged at `at`: when we
    got it, which is when a certificate has to have been valid where no time stamp says more. Raises Busy.

    `one_person`: the same name stands under the paper twice, so that one certificate may sign twice.
    """
    from documents import signed_inside  # pyHanko takes a second to load, and few processes need it

    try:
        with turn():
            said = apart(
                signed_inside.looked, data, given, at, settings.TRUST_FOLDER, one_person, bounds=Bounds(seconds=SECONDS)
            ).decode()
    except TooMuch:
        return Looked(UNREADABLE)
    except RuntimeError:  # what we did not think of: nobody has looked at it to its end
        logging.getLogger(__name__).exception("a signed file could not be looked at")
        return Looked(UNREADABLE)
    told = json.loads(said)
    return Looked(
        told["refused"],
        tuple(Found(**{**one, "at": one["at"] and datetime.fromisoformat(one["at"])}) for one in told["found"]),
        told["anchors"],
        tuple(told["passed_over"]),
    )
