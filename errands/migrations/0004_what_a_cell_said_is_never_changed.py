from django.db import migrations

from members.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('errands', '0003_topics_of_the_year_move_here'),
    ]

    operations = [
        AppendOnly('Report'),
    ]
