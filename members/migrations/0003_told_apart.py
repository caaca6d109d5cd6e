"""A word after the name of namesakes: chosen by the secretary, or worked out; for those entered already as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations, models

from members.names import told_apart

if TYPE_CHECKING:
    from django.apps.registry import Apps


def _tell_apart(apps: Apps, schema_editor: Any) -> None:
    model = apps.get_model("members", "Member")
    for cell in model.objects.order_by().values_list("organisation", flat=True).distinct():
        rows = list(model.objects.filter(organisation=cell))
        words = told_apart((row.pk, row.full_name, row.born_on, "") for row in rows)
        for row in rows:
            if words[row.pk]:
                model.objects.filter(pk=row.pk).update(apart=words[row.pk])


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
