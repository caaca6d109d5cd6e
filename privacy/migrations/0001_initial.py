"""Consent, requests about one's data, and what is destroyed in its time."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import critique.sealing.fields
import members.append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('read', 'Đã đọc thông báo'), ('email', 'Nhắc lịch và gửi thông báo họp qua e-mail'), ('browser', 'Tự viết bản kiểm điểm trên máy')], max_length=8)),
                ('given', models.BooleanField()),
                ('notice', models.CharField(max_length=12)),
                ('said_at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='members.member')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('words', critique.sealing.fields.EncryptedText(default=str, verbose_name='nội dung')),
                ('sent_at', models.DateTimeField()),
                ('settled_due', models.DateField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('withdrawn', 'Người gửi đã rút')], default='waiting', max_length=10)),
                ('reply', critique.sealing.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('replied_at', models.DateTimeField(null=True)),
                ('destroyed_on', models.DateField(null=True)),
                ('right', models.CharField(choices=[('view', 'Xem, nhận bản sao dữ liệu về tôi'), ('correct', 'Sửa dữ liệu chưa đúng'), ('end', 'Xoá hoặc hạn chế việc dùng dữ liệu')], max_length=8, verbose_name='đề nghị')),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Đã thực hiện'), ('partly', 'Thực hiện một phần'), ('refused', 'Không thực hiện')], max_length=8, verbose_name='kết quả')),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='members.member', verbose_name='người đề nghị')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['cell', 'state'], name='datarequest_of_cell')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'answered', 'withdrawn'])), name='datarequest_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('replied_at__isnull', True), ('replied_by__isnull', True)), _connector='OR'), name='datarequest_answered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='DataRequestDelay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateField(verbose_name='trả lời chậm nhất ngày')),
                ('why', critique.sealing.fields.EncryptedText(default=str, verbose_name='lý do')),
                ('said_at', models.DateTimeField()),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='privacy.datarequest')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('row', 'number'), name='datarequestdelay_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('state', models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('done', 'Đã huỷ nội dung'), ('declined', 'Không huỷ')], default='proposed', max_length=10)),
                ('why', critique.sealing.fields.EncryptedText(default=str, verbose_name='lý do')),
                ('document', models.CharField(max_length=200)),
                ('kept', models.PositiveSmallIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('record', critique.sealing.fields.EncryptedText(default=str)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='members.organisation')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'done', 'declined'])), name='destruction_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('ended_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='destroyed_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Destroyed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=20)),
                ('thing_pk', models.BigIntegerField()),
                ('destruction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='privacy.destruction')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('destruction', 'thing', 'thing_pk'), name='destroyed_once')],
            },
        ),
        members.append_only.AppendOnly(
            model='Consent',
        ),
    ]
