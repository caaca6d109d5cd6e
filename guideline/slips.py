"""The arithmetic of a ballot on paper, for every secret vote of the house: what must add up, and in which words not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

COUNTED = ("issued", "returned", "valid", "invalid")


@dataclass(frozen=True, slots=True)
class Slips:
    """What the counting team has counted before it looks at what is on the slips."""

    issued: int
    returned: int
    valid: int
    invalid: int


def problems(count: Mapping[str, int], who: str = "đồng chí") -> Iterator[tuple[str, str]]:
    """(field, sentence) for whatever does not add up; `count` has the figures of COUNTED, and who is `present`.

    `who`: what those are who may be handed a slip.
    """
    if count["issued"] > count["present"]:
        yield "issued", f"Phát ra {count['issued']} phiếu không thể nhiều hơn {count['present']} {who} có mặt."
    if count["returned"] > count["issued"]:
        yield "returned", f"Thu về {count['returned']} phiếu không thể nhiều hơn {count['issued']} phiếu phát ra."
    if count["valid"] + count["invalid"] != count["returned"]:
        both = count["valid"] + count["invalid"]
        yield "invalid", f"Hợp lệ cộng không hợp lệ là {both}, phải bằng {count['returned']} phiếu thu về."


def unlike_valid(choices: str, total: int, valid: int) -> str:
    """Each valid slip says one thing: the sentence where the choices add up to something else, otherwise ""."""
    return "" if total == valid else f"Cộng {choices} được {total}, phải bằng {valid} phiếu hợp lệ."
