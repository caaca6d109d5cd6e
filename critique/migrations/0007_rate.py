"""Levels: the rule, the ballots, every step, and when a review was handed up."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import critique.fields

TABLE = "critique_ratingstep"
# Every column but `words`: these may be sealed anew when the keys change, and open only under this row and number.
KEPT = (
    "id, participant_id, number, kind, level, document, document_date, ballot_id, person_id, recorded_by_id, recorded_at"
)


def guard(apps, editor):
    """The database itself refuses to change a step, as with the lines of the logs."""
    if editor.connection.vendor == "postgresql":
        sql = f"CREATE TRIGGER {TABLE}_append_only BEFORE DELETE OR UPDATE OF {KEPT} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION critique_append_only()"
    else:
        sql = f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OF {KEPT} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    editor.execute(sql, params=None)


def unguard(apps, editor):
    on = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER {TABLE}_append_only{on}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0006_conference_dossier_rubric'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='handed_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(blank=True, choices=[('secret', 'Phiếu kín'), ('hands', 'Giơ tay')], max_length=8, verbose_name='cách biểu quyết')),
                ('base', models.CharField(blank=True, choices=[('summoned', 'số đảng viên chính thức được triệu tập'), ('present', 'số đảng viên chính thức có mặt')], max_length=8, verbose_name='tính trên')),
                ('need_excellent', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_good', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_not_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('round', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('source', models.CharField(max_length=300)),
                ('summoned', models.PositiveSmallIntegerField(null=True, verbose_name='được triệu tập')),
                ('present', models.PositiveSmallIntegerField(null=True, verbose_name='có mặt')),
                ('issued', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu phát ra')),
                ('returned', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu thu về')),
                ('valid', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu hợp lệ')),
                ('invalid', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu không hợp lệ')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField(null=True)),
                ('head_signed_at', models.DateTimeField(null=True)),
                ('chair_signed_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('document', models.TextField(blank=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='chủ trì')),
                ('chair_signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='critique.cycle')),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='tổ trưởng')),
                ('head_signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tellers', models.ManyToManyField(related_name='+', to='members.member', verbose_name='thành viên')),
            ],
            options={
                'ordering': ['round'],
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('excellent', models.PositiveSmallIntegerField(null=True)),
                ('good', models.PositiveSmallIntegerField(null=True)),
                ('done', models.PositiveSmallIntegerField(null=True)),
                ('not_done', models.PositiveSmallIntegerField(null=True)),
                ('unrated', models.PositiveSmallIntegerField(null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='critique.ballot')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballot_lines', to='critique.participant')),
            ],
        ),
        migrations.CreateModel(
            name='RatingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(blank=True, choices=[('secret', 'Phiếu kín'), ('hands', 'Giơ tay')], max_length=8, verbose_name='cách biểu quyết')),
                ('base', models.CharField(blank=True, choices=[('summoned', 'số đảng viên chính thức được triệu tập'), ('present', 'số đảng viên chính thức có mặt')], max_length=8, verbose_name='tính trên')),
                ('need_excellent', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_good', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_not_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('kind', models.CharField(choices=[('vote', 'Biểu quyết đề xuất mức xếp loại'), ('cap', 'Tỉ lệ “Hoàn thành xuất sắc nhiệm vụ”')], max_length=8, verbose_name='quy định về')),
                ('percent', models.PositiveSmallIntegerField(null=True, verbose_name='tỉ lệ (%)')),
                ('document', models.CharField(max_length=120, verbose_name='số, ký hiệu văn bản')),
                ('document_date', models.DateField(verbose_name='ngày văn bản')),
                ('starts_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['kind', '-starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RatingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('self', 'Tự xếp loại'), ('proposed', 'Chi bộ đề xuất'), ('appraised', 'Cấp trên thẩm định'), ('decided', 'Quyết định'), ('notified', 'Đã được thông báo'), ('complaint', 'Kiến nghị, khiếu nại'), ('answer', 'Trả lời kiến nghị, khiếu nại'), ('changed', 'Quyết định xếp loại lại (Mẫu 03)'), ('published', 'Công bố')], max_length=10)),
                ('level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('not_done', 'Không hoàn thành nhiệm vụ')], max_length=10)),
                ('words', critique.fields.EncryptedText(default=str, verbose_name='lý do, nội dung')),
                ('document', models.CharField(blank=True, max_length=120, verbose_name='số, ký hiệu văn bản')),
                ('document_date', models.DateField(null=True, verbose_name='ngày văn bản')),
                ('recorded_at', models.DateTimeField()),
                ('ballot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='critique.ballot')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='critique.participant')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('cycle', 'round'), name='one_ballot_a_round'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('chair_signed_at__isnull', False), ('counted_at__isnull', False), ('head_signed_at__isnull', False)), _connector='OR'), name='ballot_confirmed_by_both'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('returned__isnull', True), models.Q(('issued__gte', models.F('returned')), ('present__gte', models.F('issued')), ('returned', django.db.models.expressions.CombinedExpression(models.F('valid'), '+', models.F('invalid')))), _connector='OR'), name='ballot_papers_add_up'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('present__isnull', True), ('summoned__gte', models.F('present')), _connector='OR'), name='ballot_present_were_summoned'),
        ),
        migrations.AddConstraint(
            model_name='ballotline',
            constraint=models.UniqueConstraint(fields=('ballot', 'participant'), name='one_line_per_subject'),
        ),
        migrations.AddConstraint(
            model_name='ratingrule',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='rating_rule_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='ratingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cap'), ('percent__isnull', False)), models.Q(('kind', 'vote'), models.Q(('method', ''), _negated=True), models.Q(('base', ''), _negated=True)), _connector='OR'), name='rating_rule_says_something'),
        ),
        migrations.AddConstraint(
            model_name='ratingstep',
            constraint=models.UniqueConstraint(fields=('participant', 'number'), name='rating_step_number_once'),
        ),
        migrations.AddConstraint(
            model_name='ratingstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['self', 'proposed', 'appraised', 'decided', 'notified', 'complaint', 'answer', 'changed', 'published'])), name='rating_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ratingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('self', 'proposed', 'appraised', 'decided', 'changed', 'published')), ('level__in', ['excellent', 'good', 'done', 'not_done'])), models.Q(models.Q(('kind__in', ('self', 'proposed', 'appraised', 'decided', 'changed', 'published')), _negated=True), ('level', '')), _connector='OR'), name='rating_step_with_its_level'),
        ),
        migrations.RunPython(guard, unguard),
    ]
