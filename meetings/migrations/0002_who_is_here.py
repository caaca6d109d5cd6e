"""Votes: the moment for which the roll is asked who was here, the base, the kind; who steps aside for an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

if TYPE_CHECKING:
    from django.apps.registry import Apps


def _taken_when_recorded(apps: Apps, schema_editor: Any) -> None:
    """Of the votes so far nothing else is known."""
    apps.get_model("meetings", "Vote").objects.filter(taken_at=None).update(taken_at=F("recorded_at"))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.RenameField("vote", "of_cell", "base"),
        migrations.AddField("vote", "taken_at", models.DateTimeField(null=True)),
        migrations.RunPython(_taken_when_recorded, migrations.RunPython.noop),
        migrations.AlterField("vote", "taken_at", models.DateTimeField()),
        migrations.AlterField(
            model_name='attendance',
            name='standing',
            field=models.CharField(blank=True, choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('special_duty', 'Lực lượng vũ trang, đang làm nhiệm vụ đặc thù'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('superior', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20),
        ),
        migrations.AddField(
            model_name='vote',
            name='kind',
            field=models.CharField(default='ordinary', max_length=24),
        ),
        migrations.AddField(
            model_name='vote',
            name='kind_name',
            field=models.CharField(default='Biểu quyết thông thường', max_length=160),
        ),
        migrations.AddField(
            model_name='vote',
            name='majority',
            field=models.CharField(default='half', max_length=16),
        ),
        migrations.AddField(
            model_name='vote',
            name='source',
            field=models.CharField(default='Điều lệ Đảng, Điều 9, khoản 5', max_length=300),
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='meetings.attendance')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='one_recusal_per_person_and_item')],
            },
        ),
    ]
