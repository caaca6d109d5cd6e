"""What somebody has typed into a form about people and not sent yet."""

from __future__ import annotations

from critique.sealing.fields import EncryptedJSON
from members.saving.models import UnsentDraft


class SealedDraft(UnsentDraft):
    """Sealed as what is sent."""

    texts = EncryptedJSON(default=dict)
