"""What is sealed is bound to who speaks, of whom, of what kind and which revision; what is there is sealed anew.

Opinions that were taken back before they were recorded go for good: coming back to the former state, they stay gone.
"""

from functools import partial

from django.db import migrations, models

from critique.migrations._bound_to_whose import seal_anew
from members.append_only import AppendOnly

_HEARING = ('cell_id', 'mark', 'participant_id', 'meeting_id', 'about_id')
_OPINION = ('hearing_id', 'number', 'hearing.about_id', 'speaker_id', 'guest')
_ENTRY = ('participant_id', 'number', 'participant.member_id', 'kind', 'level', 'document', 'document_date')
_LETTER = ('cell_id', 'mark', 'entered_by_id', 'kind', 'sender_id', 'to_member_id', 'on_paper')
_REMEDY = ('cell_id', 'mark', 'about_id', 'cycle_id', 'source', 'texts_rev')
_NOTE = ('participant_id', 'author_id', 'participant.member_id', 'rev')
_OWN, _THING, _PART = ('cell_id', 'mark'), ('participant_id',), ('hearing_id', 'number')

COLUMNS = [
    ('Participant', 'note', ('cycle_id', 'member_id'), ('cycle_id', 'member_id', 'note_rev')),
    ('SelfReview', 'body', _THING, ('participant_id', 'participant.member_id', 'rev')),
    (
        'ReviewCopy',
        'body',
        ('review_id', 'number'),
        ('review_id', 'number', 'review.participant.member_id', 'kept_by_id'),
    ),
    ('SealedDraft', 'texts', ('author_id', 'sheet', 'thing'), ('cell_id', 'author_id', 'sheet', 'thing', 'rev')),
    ('Hearing', 'presented', _OWN, (*_HEARING, 'presented_rev')),
    ('Hearing', 'response', _OWN, (*_HEARING, 'response_rev')),
    *(('Hearing', name, _OWN, (*_HEARING, 'conclusion_rev')) for name in ('merits', 'faults', 'duties', 'due')),
    ('HearingOpinion', 'words', _PART, (*_OPINION, 'kind', 'given_by_id', 'words_rev')),
    ('HearingOpinion', 'reply', _PART, (*_OPINION, 'stance', 'reply_rev')),
    ('HearingOpinion', 'ruling', _PART, (*_OPINION, 'ruling_rev')),
    *(('PrepNote', name, ('participant_id', 'author_id'), _NOTE) for name in ('noted', 'wish', 'grounds', 'suggestion')),
    ('Proceedings', 'body', ('cycle_id',), ('cycle_id', 'cycle.cell_id', 'fingerprint', 'sealed_by_id')),
    ('LevelEntry', 'words', ('participant_id', 'number'), (*_ENTRY, 'person_id', 'recorded_by_id')),
    (
        'DossierEntry',
        'note',
        ('participant_id', 'item'),
        ('participant_id', 'item', 'participant.member_id', 'state', 'entered_by_id', 'rev'),
    ),
    *(('Remedy', name, _OWN, _REMEDY) for name in ('shortcoming', 'cause', 'measure', 'finished_when')),
    (
        'RemedyCheck',
        'words',
        ('remedy_id', 'number'),
        ('remedy_id', 'number', 'remedy.about_id', 'found', 'checked_by_id'),
    ),
    (
        'RemedyNote',
        'words',
        ('remedy_id', 'number'),
        ('remedy_id', 'number', 'remedy.about_id', 'kind', 'state', 'noted_by_id'),
    ),
    ('Criticism', 'words', _OWN, _LETTER),
    ('Criticism', 'matter', _OWN, _LETTER),
    ('Criticism', 'reply', _OWN, (*_LETTER, 'replied_by_id')),
    ('CriticismDelay', 'why', ('row_id', 'number'), ('row_id', 'number', 'until', 'said_by_id')),
]


def forget_what_was_taken_back(apps, schema_editor):
    """An opinion that its author has taken back before anybody recorded it."""
    rows = apps.get_model('critique', 'HearingOpinion').objects.filter(recorded_at=None, dropped_at__isnull=False)
    rows.filter(dropped_by__member=models.F('speaker')).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0003_append_only_tables_are_never_emptied'),
        ('members', '0004_append_only_tables_are_never_emptied'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('hearing', 'phần góp ý'), ('whole', 'biên bản hội nghị kiểm điểm đầy đủ'), ('archive', 'bộ hồ sơ kiểm điểm tải về')], max_length=8)),
                ('way', models.CharField(choices=[('screen', 'đọc trên màn hình'), ('paper', 'tải bản in')], default='screen', max_length=6)),
                ('opened_at', models.DateTimeField()),
                ('about', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='members.member')),
                ('cell', models.ForeignKey(on_delete=models.PROTECT, related_name='+', to='members.organisation')),
                ('cycle', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='openings', to='critique.cycle')),
                ('hearing', models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='openings', to='critique.hearing')),
                ('reader', models.ForeignKey(on_delete=models.PROTECT, related_name='+', to='members.member')),
            ],
            options={'ordering': ['opened_at', 'pk']},
        ),
        AppendOnly('Opening'),
        migrations.AddField('dossierentry', 'rev', models.PositiveIntegerField(default=0)),
        migrations.AddField('participant', 'note_rev', models.PositiveIntegerField(default=0)),
        migrations.AddField('remedy', 'texts_rev', models.PositiveIntegerField(default=0)),
        migrations.RunPython(forget_what_was_taken_back, migrations.RunPython.noop),
        migrations.RunPython(
            partial(seal_anew, app='critique', columns=COLUMNS, before='v1', after='v2'),
            partial(seal_anew, app='critique', columns=COLUMNS, before='v2', after='v1'),
        ),
    ]
