"""The collective's report, hearings with their opinions, and private notes."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import critique.fields

TABLE = "critique_hearingevent"


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


def nothing(apps, editor):
    """There is no collective yet."""


def without_empty_collectives(apps, editor):
    """On the way back: a report of a collective that nobody has written on goes; one with words stops the way back."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    reviews = apps.get_model("critique", "SelfReview").objects.filter(participant__member__isnull=True, rev=0)
    reviews.delete()
    apps.get_model("critique", "Participant").objects.filter(member__isnull=True, review__isnull=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0004_cycle_meeting'),
        ('meetings', '0003_guideline_year_and_score'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('presented', critique.fields.EncryptedText(default=str, verbose_name='tự trình bày')),
                ('response', critique.fields.EncryptedText(default=str, verbose_name='tiếp thu, giải trình chung')),
                ('merits', critique.fields.EncryptedText(default=str, verbose_name='ưu điểm')),
                ('faults', critique.fields.EncryptedText(default=str, verbose_name='hạn chế, khuyết điểm')),
                ('duties', critique.fields.EncryptedText(default=str, verbose_name='việc phải sửa')),
                ('due', critique.fields.EncryptedText(default=str, verbose_name='thời hạn')),
                ('presented_rev', models.PositiveIntegerField(default=0)),
                ('response_rev', models.PositiveIntegerField(default=0)),
                ('conclusion_rev', models.PositiveIntegerField(default=0)),
                ('said_rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('saved_key', models.UUIDField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Chưa xét'), ('going', 'Đang xét'), ('closed', 'Đã kết luận')], default='waiting', max_length=8)),
                ('version', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('seen_way', models.CharField(blank=True, choices=[('own', 'trên máy của mình'), ('device', 'không dùng máy, đã đọc bản in hoặc nghe đọc'), ('room', 'đã nghe đọc tại phòng họp')], max_length=6)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HearingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('part', models.CharField(max_length=12)),
                ('texts', critique.fields.EncryptedJSON(default=dict)),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='HearingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('what', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('key', models.UUIDField(null=True)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='HearingOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('guest', models.CharField(blank=True, max_length=160, verbose_name='đại biểu')),
                ('kind', models.CharField(choices=[('opinion', 'Ý kiến góp ý'), ('reserved', 'Ý kiến bảo lưu')], default='opinion', max_length=8)),
                ('words', critique.fields.EncryptedText(default=str, verbose_name='ý kiến')),
                ('stance', models.CharField(blank=True, choices=[('accepts', 'Tiếp thu'), ('explains', 'Giải trình'), ('nothing', 'Không có ý kiến thêm')], max_length=8)),
                ('reply', critique.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('ruling', critique.fields.EncryptedText(default=str, verbose_name='kết luận của chủ trì')),
                ('words_rev', models.PositiveIntegerField(default=0)),
                ('reply_rev', models.PositiveIntegerField(default=0)),
                ('ruling_rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('saved_key', models.UUIDField(null=True)),
                ('given_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PrepNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noted', critique.fields.EncryptedText(default=str, verbose_name='điều ghi nhận')),
                ('wish', critique.fields.EncryptedText(default=str, verbose_name='điều đề nghị sửa')),
                ('grounds', critique.fields.EncryptedText(default=str, verbose_name='căn cứ')),
                ('suggestion', critique.fields.EncryptedText(default=str, verbose_name='đề nghị cụ thể')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_form_is_known',
        ),
        migrations.AlterField(
            model_name='participant',
            name='form',
            field=models.CharField(choices=[('01', 'Mẫu 01 – báo cáo của tập thể'), ('02A', 'Mẫu 02A – giữ chức vụ lãnh đạo, quản lý'), ('02B', 'Mẫu 02B – không giữ chức vụ lãnh đạo, quản lý'), ('02C', 'Mẫu 02C – không làm việc trong hệ thống chính trị')], default='02B', max_length=3, verbose_name='mẫu'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='members.member'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='standing',
            field=models.CharField(blank=True, choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('reviewer', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('member__isnull', True)), fields=('cycle',), name='one_collective_a_review'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form', '01'), ('member__isnull', True)), models.Q(('member__isnull', False), models.Q(('form', '01'), _negated=True)), _connector='OR'), name='form_01_is_the_collectives'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['01', '02A', '02B', '02C'])), name='participant_form_is_known'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='about',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='members.member'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='cell',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='members.organisation'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='meetings.meeting'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='participant',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='critique.participant'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='saved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearing',
            name='seen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingcopy',
            name='hearing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='critique.hearing'),
        ),
        migrations.AddField(
            model_name='hearingcopy',
            name='kept_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingevent',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingevent',
            name='hearing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='critique.hearing'),
        ),
        migrations.AddField(
            model_name='hearingopinion',
            name='dropped_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingopinion',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingopinion',
            name='hearing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='critique.hearing'),
        ),
        migrations.AddField(
            model_name='hearingopinion',
            name='saved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingopinion',
            name='speaker',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing_opinions', to='members.member'),
        ),
        migrations.AddField(
            model_name='hearingcopy',
            name='opinion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='critique.hearingopinion'),
        ),
        migrations.AddField(
            model_name='prepnote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='prepnote',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='critique.participant'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.UniqueConstraint(fields=('meeting', 'about'), name='heard_once_at_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', True), ('participant__isnull', False)), models.Q(('about__isnull', False), ('meeting__isnull', False), ('participant__isnull', True)), _connector='OR'), name='hearing_at_one_place'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'going', 'closed'])), name='hearing_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True), ('seen_way', '')), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False), models.Q(('seen_way', ''), _negated=True)), _connector='OR'), name='hearing_seen_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('seen_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='hearing_closed_after_it_was_seen'),
        ),
        migrations.AddConstraint(
            model_name='hearingevent',
            constraint=models.UniqueConstraint(fields=('hearing', 'number'), name='hearing_event_number_once'),
        ),
        migrations.AddConstraint(
            model_name='hearingevent',
            constraint=models.UniqueConstraint(fields=('hearing', 'key'), name='hearing_event_key_once'),
        ),
        migrations.AddConstraint(
            model_name='hearingopinion',
            constraint=models.UniqueConstraint(fields=('hearing', 'number'), name='hearing_opinion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='hearingopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guest', ''), ('speaker__isnull', False)), models.Q(('speaker__isnull', True), models.Q(('guest', ''), _negated=True)), _connector='OR'), name='no_opinion_without_a_name'),
        ),
        migrations.AddConstraint(
            model_name='hearingcopy',
            constraint=models.UniqueConstraint(fields=('hearing', 'number'), name='hearing_copy_number_once'),
        ),
        migrations.AddConstraint(
            model_name='prepnote',
            constraint=models.UniqueConstraint(fields=('participant', 'author'), name='one_note_about_somebody'),
        ),
        migrations.RunPython(guard, unguard),
        migrations.RunPython(nothing, without_empty_collectives),
    ]
