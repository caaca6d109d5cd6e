"""Where sealed minutes stand between cell and superior committee, the day for an answer, and the answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def begin_exchanges(apps, schema_editor):
    """What has a verdict already stands where its last one has put it; a later addendum has answered a return."""
    Exchange, Inspection = (apps.get_model('meetings', name) for name in ('Exchange', 'Inspection'))
    Addendum, Comment = (apps.get_model('meetings', name) for name in ('Addendum', 'InspectionComment'))
    last = {row.meeting_id: row for row in Inspection.objects.exclude(verdict='').order_by('given_at', 'pk')}
    for meeting, row in last.items():
        state, since = {'reviewed': 'accepted', 'returned': 'returned'}[row.verdict], row.given_at
        later = Addendum.objects.filter(meeting=meeting, written_at__gt=row.given_at).order_by('number').first()
        if later is not None:
            state, since = 'answered', later.written_at
            open_ones = Comment.objects.filter(inspection__meeting=meeting, inspection__verdict='returned')
            open_ones.update(addendum=later, answered_by=later.written_by_id, answered_at=later.written_at)
        Exchange.objects.create(meeting_id=meeting, state=state, since=since)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_the_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(
            model_name='inspection',
            old_name='reviewer',
            new_name='superior',
        ),
        migrations.RenameField(
            model_name='inspectioncomment',
            old_name='review',
            new_name='inspection',
        ),
        migrations.AddField(
            model_name='inspection',
            name='answer_by',
            field=models.DateField(null=True, verbose_name='đề nghị trả lời trước ngày'),
        ),
        migrations.AddField(
            model_name='inspectioncomment',
            name='addendum',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.addendum'),
        ),
        migrations.AddField(
            model_name='inspectioncomment',
            name='answer',
            field=models.TextField(blank=True, default='', verbose_name='trả lời'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='inspectioncomment',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='inspectioncomment',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='verdict',
            field=models.CharField(blank=True, choices=[('', 'Đang xem'), ('reviewed', 'Đã xem xét'), ('returned', 'Trả lại, đề nghị trả lời')], default='', max_length=8),
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('waiting', 'Chưa xem xét'), ('returned', 'Trả lại, chờ trả lời'), ('answered', 'Đã trả lời'), ('accepted', 'Đã xem xét')], default='waiting', max_length=8)),
                ('since', models.DateTimeField(null=True)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='exchange', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'since'], name='exchange_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'returned', 'answered', 'accepted'])), name='exchange_state_is_known')],
            },
        ),
        migrations.RunPython(begin_exchanges, migrations.RunPython.noop),
    ]
