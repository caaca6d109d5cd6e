"""A proposal keeps the words it asks to correct; of those made before it is not known and nothing is compared."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_the_review_by_the_superior_committee_closes'),
    ]

    operations = [
        migrations.AddField(
            model_name='correction',
            name='was',
            field=models.TextField(blank=True, default='', verbose_name='lời khi đề nghị'),
            preserve_default=False,
        ),
    ]
