from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0001_attached_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptfile',
            name='kept_at',
            field=models.DateTimeField(null=True),
        ),
    ]
