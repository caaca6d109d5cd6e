from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError


def refuse_to_lose(apps, schema_editor):
    """An earlier version finds files in the folder alone: they have to be there before the table goes."""
    if apps.get_model("chibo", "KeptFile").objects.using(schema_editor.connection.alias).exists():
        raise IrreversibleError(
            "Còn tệp đính kèm cất trong cơ sở dữ liệu. Chạy manage.py move_files folder, đặt CHIBO_FILES=folder, khởi "
            "động lại, chạy manage.py move_files folder --remove, rồi mới trở về bản cũ."
        )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('data', models.BinaryField()),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_lose),
    ]
