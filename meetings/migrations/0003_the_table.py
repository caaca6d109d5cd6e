"""Seats and their changes, the roll that follows the register, confirmations, corrections of the draft."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_who_is_here'),
        ('members', '0003_told_apart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='opinion',
            options={'ordering': ['paragraph', 'pk']},
        ),
        migrations.AlterModelOptions(
            name='remark',
            options={'ordering': ['pk']},
        ),
        migrations.AlterModelOptions(
            name='resolutionstep',
            options={'ordering': ['pk']},
        ),
        migrations.AlterModelOptions(
            name='tasknote',
            options={'ordering': ['pk']},
        ),
        migrations.AlterModelOptions(
            name='vote',
            options={'ordering': ['pk']},
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='empty_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='vì sao không có nội dung'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='điều chỉnh danh sách'),
        ),
        migrations.AddField(
            model_name='signature',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='lý do ghi thay'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='name',
            field=models.CharField(max_length=130, verbose_name='họ và tên'),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='đề nghị sửa')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='meetings.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='meetings.remark')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CorrectionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adopted', models.BooleanField(verbose_name='tiếp thu')),
                ('reason', models.CharField(blank=True, max_length=600, verbose_name='lý do')),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('correction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='meetings.correction')),
            ],
        ),
        migrations.CreateModel(
            name='SeatChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(choices=[('minute_taker', 'Người ghi biên bản'), ('chair', 'Chủ trì')], max_length=12)),
                ('since', models.DateTimeField(verbose_name='từ lúc')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seat_changes', to='meetings.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('was', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
