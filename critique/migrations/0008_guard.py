"""Letters, requests, consents, settings, days off, destruction, and the events of them all."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import critique.fields

TABLES = ("critique_guardevent", "critique_consent")


def guard(apps, editor):
    """The database itself refuses to change an event or a line of evidence, as with those of a review."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            sql = f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION critique_append_only()"
        else:
            sql = f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        editor.execute(sql, params=None)


def unguard(apps, editor):
    for table in TABLES:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {table}_append_only{on}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0007_rate'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Criticism',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('kind', models.CharField(choices=[('criticism', 'Ý kiến phê bình'), ('question', 'Ý kiến chất vấn')], max_length=10, verbose_name='loại')),
                ('matter', critique.fields.EncryptedText(default=str, verbose_name='về việc')),
                ('words', critique.fields.EncryptedText(default=str, verbose_name='nội dung')),
                ('on_paper', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('withdrawn', 'Người gửi đã rút')], default='waiting', max_length=10)),
                ('reply', critique.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('replied_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criticisms', to='members.organisation')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criticisms_sent', to='members.member', verbose_name='người gửi')),
                ('to_member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criticisms_received', to='members.member')),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CriticismDelay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateField(verbose_name='trả lời chậm nhất ngày')),
                ('why', critique.fields.EncryptedText(default=str, verbose_name='lý do')),
                ('said_at', models.DateTimeField()),
                ('criticism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='critique.criticism')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('right', models.CharField(choices=[('view', 'Xem dữ liệu về tôi'), ('copy', 'Nhận bản sao dữ liệu về tôi'), ('correct', 'Sửa dữ liệu chưa đúng'), ('withdraw', 'Rút lại sự đồng ý'), ('restrict', 'Hạn chế việc dùng dữ liệu'), ('object', 'Phản đối việc dùng dữ liệu'), ('delete', 'Xoá dữ liệu')], max_length=8, verbose_name='đề nghị')),
                ('words', critique.fields.EncryptedText(default=str, verbose_name='nội dung')),
                ('made_at', models.DateTimeField()),
                ('acknowledge_by', models.DateField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField()),
                ('extended_at', models.DateTimeField(null=True)),
                ('extension', critique.fields.EncryptedText(default=str, verbose_name='lý do gia hạn')),
                ('state', models.CharField(choices=[('waiting', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('withdrawn', 'Người gửi đã rút')], default='waiting', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Đã thực hiện'), ('partly', 'Thực hiện một phần'), ('refused', 'Không thực hiện')], max_length=8, verbose_name='kết quả')),
                ('reply', critique.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('replied_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='members.organisation')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='members.member', verbose_name='người đề nghị')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày nghỉ')),
                ('name', models.CharField(max_length=80, verbose_name='tên ngày nghỉ')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days_off', to='members.organisation')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('state', models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('done', 'Đã huỷ nội dung'), ('declined', 'Không huỷ')], default='proposed', max_length=10)),
                ('why', critique.fields.EncryptedText(default=str, verbose_name='lý do')),
                ('document', models.CharField(max_length=200)),
                ('kept', models.PositiveSmallIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('record', critique.fields.EncryptedText(default=str)),
                ('version', models.PositiveIntegerField(default=0)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='members.organisation')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Destroyed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destroyed', to='critique.selfreview')),
                ('destruction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='critique.destruction')),
            ],
        ),
        migrations.CreateModel(
            name='GuardEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=20)),
                ('thing_pk', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('what', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('key', models.UUIDField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guard_events', to='members.organisation')),
            ],
            options={
                'ordering': ['thing', 'thing_pk', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('retention', 'Số bản kiểm điểm giữ nội dung'), ('rhythm', 'Nhịp rà soát khắc phục, số ngày'), ('basis', 'Căn cứ dùng phần mềm')], max_length=10, verbose_name='quy định về')),
                ('figures', models.CharField(blank=True, max_length=40, verbose_name='mức')),
                ('document', models.CharField(max_length=120, verbose_name='số, ký hiệu văn bản')),
                ('document_date', models.DateField(verbose_name='ngày văn bản')),
                ('starts_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['subject', '-starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('read', 'Đã đọc thông báo'), ('email', 'Nhắc lịch và gửi thông báo họp qua e-mail'), ('browser', 'Tự viết bản kiểm điểm trên máy')], max_length=8)),
                ('given', models.BooleanField()),
                ('notice', models.CharField(max_length=12)),
                ('said_at', models.DateTimeField()),
                ('key', models.UUIDField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='members.member')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['said_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('member', 'purpose', 'key'), name='one_consent_per_click')],
            },
        ),
        migrations.AddIndex(
            model_name='criticism',
            index=models.Index(fields=['cell', 'state'], name='criticism_of_cell'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'answered', 'withdrawn'])), name='criticism_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(('to_member', models.F('sender')), _negated=True), name='nobody_writes_to_oneself'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('replied_at__isnull', True), ('replied_by__isnull', True)), _connector='OR'), name='criticism_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='criticismdelay',
            constraint=models.UniqueConstraint(fields=('criticism', 'number'), name='criticism_delay_number_once'),
        ),
        migrations.AddIndex(
            model_name='datarequest',
            index=models.Index(fields=['cell', 'state'], name='data_request_of_cell'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'answered', 'withdrawn'])), name='data_request_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('replied_at__isnull', True), ('replied_by__isnull', True)), _connector='OR'), name='data_request_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='dayoff',
            constraint=models.UniqueConstraint(fields=('organisation', 'day'), name='day_off_once'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'done', 'declined'])), name='destruction_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('ended_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='destroyed_by_two'),
        ),
        migrations.AddConstraint(
            model_name='destroyed',
            constraint=models.UniqueConstraint(fields=('destruction', 'review'), name='destroyed_once'),
        ),
        migrations.AddConstraint(
            model_name='guardevent',
            constraint=models.UniqueConstraint(fields=('thing', 'thing_pk', 'number'), name='guard_event_number_once'),
        ),
        migrations.AddConstraint(
            model_name='guardevent',
            constraint=models.UniqueConstraint(fields=('thing', 'thing_pk', 'key'), name='guard_event_key_once'),
        ),
        migrations.AddConstraint(
            model_name='setting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='setting_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='setting',
            constraint=models.UniqueConstraint(fields=('organisation', 'subject', 'starts_on'), name='setting_starts_once'),
        ),
        migrations.RunPython(guard, unguard),
    ]
