"""The log of a cell is read by month."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_guarded_accounts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['cell', 'happened_at'], name='event_of_cell_in_time'),
        ),
    ]
