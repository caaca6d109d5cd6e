"""PostgreSQL empties a table without asking its rows: what is only ever added is kept from that as well."""

from django.db import migrations

from members.append_only import NeverEmptied


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        NeverEmptied('Consent'),
    ]
