"""docs/asvs.csv names tests and files that exist, and says why of everything that is open or does not apply."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = (*range(1, 9), *range(11, 17))


def lines() -> list[dict[str, str]]:
    with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_there(proof: str, *, test: bool) -> bool:
    path, _, name = proof.partition("::")
    if not test:
        return not name and (ROOT / path).exists()
    file = ROOT / path
    return (
        file.is_file() and re.search(rf"^def {re.escape(name)}\(", file.read_text(encoding="utf-8"), re.M) is not None
    )


def test_every_test_and_file_that_is_named_exists() -> None:
    asked = [(line, proof) for line in lines() for proof in line["proof"].split()]
    missing = [(line["number"], proof) for line, proof in asked if not is_there(proof, test=line["answer"] == "test")]
    assert missing == []


def test_what_is_not_proved_says_why() -> None:
    bare = [line["number"] for line in lines() if not line["proof"] and not line["note"]]
    wrong = [line["number"] for line in lines() if (line["answer"] in ("test", "design")) != bool(line["proof"])]
    assert ({line["answer"] for line in lines()}, bare, wrong) == ({"test", "design", "open", "none"}, [], [])


def test_every_chapter_is_there_once_in_order() -> None:
    numbers = [tuple(map(int, line["number"].split("."))) for line in lines()]
    assert numbers == sorted(set(numbers))
    assert sorted({number[0] for number in numbers}) == list(CHAPTERS)


def test_the_page_beside_it_counts_what_the_table_holds() -> None:
    counted = Counter(line["answer"] for line in lines())
    page = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    said = re.findall(r"^\| (test|design|open|none) \|.*\| (\d+) \|$", page, re.M)
    assert {answer: int(number) for answer, number in said} == counted
