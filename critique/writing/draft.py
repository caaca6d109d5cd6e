"""What somebody has typed into a form about people and not sent yet."""

from __future__ import annotations

from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedJSON
from members.saving.models import UnsentDraft


class SealedDraft(UnsentDraft, Bound):
    """Sealed as what is sent."""

    BOUND_TO = ("cell_id", "author_id", "sheet", "thing", "rev")

    texts = EncryptedJSON(default=dict)
