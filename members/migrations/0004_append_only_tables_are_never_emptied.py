"""PostgreSQL empties a table without asking its rows: what is only ever added is kept from that as well."""

from django.db import migrations

from members.append_only import NeverEmptied


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_told_apart'),
    ]

    operations = [
        NeverEmptied('Event'),
    ]
