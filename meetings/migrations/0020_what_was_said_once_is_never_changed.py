from django.db import migrations

from members.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0019_what_took_place_has_its_times'),
    ]

    operations = [
        AppendOnly('Correction'),
        AppendOnly('CorrectionAnswer'),
        AppendOnly('Explanation'),
        AppendOnly('MatterAnswer'),
    ]
