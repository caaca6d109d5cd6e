"""The register of shortcomings to be put right."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import critique.fields

TABLE = "critique_remedyevent"


def guard(apps, editor):
    """The database itself refuses to change a line of the events, as with those of a review."""
    if editor.connection.vendor == "postgresql":
        sql = f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION critique_append_only()"
    else:
        sql = f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    editor.execute(sql, params=None)


def unguard(apps, editor):
    on = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER {TABLE}_append_only{on}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0002_append_only'),
        ('meetings', '0003_guideline_year_and_score'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('row', models.PositiveSmallIntegerField(null=True)),
                ('source', models.CharField(choices=[('self_review', 'Bản kiểm điểm'), ('suggestion', 'Gợi ý kiểm điểm'), ('inspection', 'Kết luận kiểm tra, giám sát'), ('opinion', 'Góp ý tại hội nghị')], max_length=12, verbose_name='nguồn')),
                ('shortcoming', critique.fields.EncryptedText(default=str, verbose_name='hạn chế, khuyết điểm')),
                ('cause', critique.fields.EncryptedText(default=str, verbose_name='nguyên nhân')),
                ('measure', critique.fields.EncryptedText(default=str, verbose_name='biện pháp')),
                ('finished_when', critique.fields.EncryptedText(default=str, verbose_name='thế nào là đã khắc phục')),
                ('due_on', models.DateField(null=True, verbose_name='thời hạn')),
                ('state', models.CharField(choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục'), ('closed', 'Đã đóng')], default='not_yet', max_length=8)),
                ('version', models.PositiveIntegerField(default=0)),
                ('entered_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='members.member')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='members.organisation')),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='critique.cycle')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người giúp đỡ')),
                ('recurs', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurrences', to='critique.remedy')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='critique.selfreview')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RemedyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(verbose_name='ngày rà soát')),
                ('planned_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
                ('found', models.CharField(blank=True, choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục')], max_length=8)),
                ('words', critique.fields.EncryptedText(default=str, verbose_name='nhận xét')),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='critique.remedy')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RemedyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('what', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('key', models.UUIDField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='critique.remedy')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RemedyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('report', 'Tiến độ'), ('close', 'Chi uỷ kết luận đã khắc phục'), ('reopen', 'Chi uỷ mở lại')], max_length=8)),
                ('state', models.CharField(choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục'), ('closed', 'Đã đóng')], max_length=8)),
                ('words', critique.fields.EncryptedText(default=str)),
                ('noted_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='critique.remedy')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['cell', 'state'], name='remedy_of_cell'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.UniqueConstraint(fields=('review', 'row'), name='a_promise_once'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_yet', 'going', 'done', 'closed'])), name='remedy_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='remedy_closed_with_its_time'),
        ),
        migrations.AddIndex(
            model_name='remedycheck',
            index=models.Index(fields=['due_on'], name='checks_by_day'),
        ),
        migrations.AddConstraint(
            model_name='remedycheck',
            constraint=models.UniqueConstraint(fields=('remedy', 'number'), name='check_number_once'),
        ),
        migrations.AddConstraint(
            model_name='remedycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True), ('found', '')), models.Q(models.Q(('found', ''), _negated=True), ('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='check_found_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='remedyevent',
            constraint=models.UniqueConstraint(fields=('remedy', 'number'), name='remedy_event_number_once'),
        ),
        migrations.AddConstraint(
            model_name='remedyevent',
            constraint=models.UniqueConstraint(fields=('remedy', 'key'), name='remedy_event_key_once'),
        ),
        migrations.AddConstraint(
            model_name='remedynote',
            constraint=models.UniqueConstraint(fields=('remedy', 'number'), name='note_number_once'),
        ),
        migrations.RunPython(guard, unguard),
    ]
