"""The moment of a vote, for which the roll is asked who was here; the base of a vote under its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations, models
from django.db.models import F

if TYPE_CHECKING:
    from django.apps.registry import Apps


def _taken_when_recorded(apps: Apps, schema_editor: Any) -> None:
    """Of the votes so far nothing else is known."""
    apps.get_model("meetings", "Vote").objects.filter(taken_at=None).update(taken_at=F("recorded_at"))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.RenameField("vote", "of_cell", "base"),
        migrations.AddField("vote", "taken_at", models.DateTimeField(null=True)),
        migrations.RunPython(_taken_when_recorded, migrations.RunPython.noop),
        migrations.AlterField("vote", "taken_at", models.DateTimeField()),
    ]
