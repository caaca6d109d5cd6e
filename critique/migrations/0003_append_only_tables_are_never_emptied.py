"""PostgreSQL empties a table without asking its rows: what is only ever added is kept from that as well."""

from django.db import migrations

from members.append_only import NeverEmptied


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0002_special_duty'),
    ]

    operations = [
        NeverEmptied('LevelEntry'),
        NeverEmptied('ReadingLog'),
    ]
