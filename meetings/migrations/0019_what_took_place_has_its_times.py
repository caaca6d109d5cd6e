from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

TOOK_PLACE = ["closed", "open", "sealed"]


def say_when(apps, schema_editor):
    """Nothing but a hand in the database leaves such rows; they get the times that were shown of them so far."""
    rows = apps.get_model("meetings", "Meeting").objects.filter(state__in=TOOK_PLACE)
    rows.filter(opened_at=None).update(opened_at=Coalesce(Least("starts_at", "closed_at"), "starts_at"))
    rows.exclude(state="open").filter(closed_at=None).update(closed_at=F("opened_at"))
    for look in apps.get_model("meetings", "Inspection").objects.exclude(verdict="").filter(given_at=None):
        look.given_at = look.meeting.closed_at
        look.save(update_fields=["given_at"])
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while any wait


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0018_a_meeting_counts_on_the_day_it_was_held'),
    ]

    operations = [
        migrations.RunPython(say_when, migrations.RunPython.noop, elidable=False),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=~Q(state__in=TOOK_PLACE) | Q(state="open", opened_at__isnull=False) | Q(opened_at__isnull=False, closed_at__isnull=False), name='what_took_place_has_its_times'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=Q(verdict="") | Q(given_at__isnull=False), name='a_verdict_was_given_some_time'),
        ),
    ]
