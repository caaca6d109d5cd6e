"""Which side the chair signs on and whether minutes have their place and day: dated rows as everything else."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

DOCUMENT = "Lựa chọn đã ghi ở hồ sơ tổ chức"
SINCE = date(2018, 4, 3)  # every paper before kept to it as well
CHOICES = (("chair_signs_left", True, "paper-chair", "left"), ("date_minutes", False, "paper-dated", "no"))


def carry(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Entered by whoever last changed the organisation; where nobody is known, by the first account."""
    ruling, user = apps.get_model("rulings", "Ruling"), apps.get_model("members", "User")
    events = apps.get_model("members", "Event").objects.filter(thing="organisation", actor__isnull=False)
    for column, chosen, subject, choice in CHOICES:
        for row in apps.get_model("members", "Organisation").objects.filter(**{column: chosen}, kind="cell"):
            last = events.filter(thing_pk=row.pk).order_by("-number").first()
            by = last.actor_id if last else user.objects.order_by("-is_superuser", "pk").values_list("pk", flat=True).first()
            if by is None:
                raise RuntimeError(f"Organisation {row.pk} has chosen {subject}, and there is no account to say so.")
            ruling.objects.create(
                organisation=row,
                subject=subject,
                value={"choice": choice},
                document=DOCUMENT,
                document_date=SINCE,
                starts_on=SINCE,
                entered_by_id=by,
                entered_at=timezone.now(),
            )


def back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What holds today goes into the columns again."""
    ruling, today = apps.get_model("rulings", "Ruling"), timezone.localdate()
    for column, chosen, subject, choice in CHOICES:
        rows = ruling.objects.filter(subject=subject, starts_on__lte=today).order_by("starts_on", "pk")
        for row in rows.exclude(ends_on__lt=today).select_related("organisation"):
            setattr(row.organisation, column, chosen if row.value["choice"] == choice else not chosen)
            row.organisation.save(update_fields=[column])
    ruling.objects.filter(subject__startswith="paper-").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_numbers_of_papers_written_outside"),
        ("rulings", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry, back)]
