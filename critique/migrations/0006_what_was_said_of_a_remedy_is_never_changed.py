from django.db import migrations

from members.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0005_the_conference_signed_outside'),
    ]

    operations = [
        AppendOnly('RemedyNote', but=('words',)),
    ]
