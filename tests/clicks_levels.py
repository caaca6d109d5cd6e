"""What people click about ballots and levels: a form filled in well for each address, and who clicks where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from critique.levels.models import Ballot
from critique.levels.papers import build_ballot
from critique.levels.voting import CHOICES
from documents.model import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

DECISION = {"level": "good", "document": "30-QĐ/ĐU", "document_date": "2026-12-03"}


def _ballot(world: World) -> Ballot:
    found: Ballot = Ballot.objects.with_people().get(pk=world.keys["ballot"])
    return found


def _votes(world: World) -> dict[str, Any]:
    """Another ballot more than what stands there."""
    figures = {"summoned": 4, "present": 3, "issued": 3, "returned": 3, "valid": 3, "invalid": 0}
    ballot = _ballot(world)
    lines = {f"{choice}_{line.pk}": 3 if choice == "good" else 0 for line in ballot.lines.all() for choice in CHOICES}
    return {**figures, **lines, "base": ballot.rev}


FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "ballot-list": lambda world: {"head": world.cast.hoa.pk, "chair": world.cast.lan.pk, "tellers": world.nam.pk},
    "ballot": _votes,
    "ballot-confirm": lambda world: {"seat": "chair", "seen": fingerprint(build_ballot(_ballot(world)))},
    "level-propose": {"level": "good", "words": "Chi bộ giơ tay ngày 18/12, 7/8 tán thành"},
    "level-appraise": {"level": "good", "words": "Khớp với hồ sơ"},
    "level-decide": DECISION,
    "level-change": {**DECISION, "level": "done", "words": "Xem lại phần việc chậm"},
    "level-complain": {"words": "Đề nghị xem lại"},
    "level-answer": {"words": "Đã xem lại, giữ nguyên"},
}  # fmt: skip

# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("ballot-list", "shown-cycle", "plan", "lan"),
    ("ballot", "ballot", "plan", "hoa"),
    ("ballot-confirm", "ballot", "plan", "hoa"),
    ("level-hand-up", "past-cycle", "plan", "lan"),
    ("level-take-back", "sent-cycle", "plan", "lan"),
    ("level-publish", "handed-cycle", "plan", "lan"),
    ("level-propose", "proposable", "plan", "lan"),
    ("level-appraise", "unrated", "plan", "phuc"),
    ("level-decide", "unrated", "plan", "phuc"),
    ("level-change", "rated", "plan", "phuc"),
    ("level-notify", "rated", "plan", "nam"),
    ("level-complain", "rated", "plan", "nam"),
    ("level-answer", "complaining", "plan", "phuc"),
]
