"""Which side the chair signs on and whether minutes have their place and day stand in rulings now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_numbers_of_papers_written_outside"),
        ("rulings", "0002_what_cells_chose_for_minutes"),
    ]

    operations = [
        migrations.RemoveField(model_name="organisation", name="date_minutes"),
        migrations.RemoveField(model_name="organisation", name="chair_signs_left"),
    ]
