"""A word after the name of namesakes: chosen by the secretary, or worked out; for those entered already as well."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import migrations, models

if TYPE_CHECKING:
    from datetime import date

    from django.apps.registry import Apps


def _tell_apart(apps: Apps, schema_editor: Any) -> None:
    model = apps.get_model("members", "Member")
    for cell in model.objects.order_by().values_list("organisation", flat=True).distinct():
        sharing: dict[str, list[Any]] = {}
        for row in model.objects.filter(organisation=cell):
            same = unicodedata.normalize("NFC", " ".join(row.full_name.split())).casefold()
            sharing.setdefault(same, []).append(row)
        for group in sharing.values():
            years = [row.born_on.year for row in group if row.born_on is not None]
            for row in group if len(group) > 1 else ():
                model.objects.filter(pk=row.pk).update(apart=_born(row.born_on, years))


def _born(born_on: date | None, years: list[int]) -> str:
    if born_on is None:
        return "chưa ghi năm sinh"
    return f"sinh {born_on.year}" if years.count(born_on.year) == 1 else f"sinh {born_on:%d/%m/%Y}"


class Migration(migrations.Migration):
    dependencies = [("members", "0002_special_duty")]

    operations = [
        migrations.AddField(
            "member",
            "apart",
            models.CharField("đứng sau tên", max_length=40, blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            "member",
            "told_by",
            models.CharField(
                "dấu phân biệt khi trùng tên",
                max_length=20,
                blank=True,
                default="",
                help_text="Ví dụ A, tổ 2. Để trống thì ghi năm sinh.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(_tell_apart, migrations.RunPython.noop),
    ]
