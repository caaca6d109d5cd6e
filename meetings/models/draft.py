"""What somebody has typed into a form of a meeting and not sent yet."""

from __future__ import annotations

from django.db import models

from members.saving.models import UnsentDraft


class Draft(UnsentDraft):
    """Kept as open as what is sent."""

    texts = models.JSONField(default=dict)
