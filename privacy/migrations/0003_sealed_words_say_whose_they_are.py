"""What is sealed is bound to whose it is and who said it; what is there is sealed anew."""

from functools import partial

from django.db import migrations

from critique.migrations._bound_to_whose import seal_anew

_OWN = ('cell_id', 'mark')
_REQUEST = (*_OWN, 'entered_by_id', 'member_id', 'right')
_DESTRUCTION = (*_OWN, 'proposed_by_id', 'document')
COLUMNS = [
    ('DataRequest', 'words', _OWN, _REQUEST),
    ('DataRequest', 'reply', _OWN, (*_REQUEST, 'replied_by_id', 'outcome')),
    ('DataRequestDelay', 'why', ('row_id', 'number'), ('row_id', 'number', 'until', 'said_by_id')),
    ('Destruction', 'why', _OWN, _DESTRUCTION),
    ('Destruction', 'record', _OWN, (*_DESTRUCTION, 'ended_by_id')),
]


class Migration(migrations.Migration):

    dependencies = [
        ('critique', '0004_sealed_words_say_whose_they_are'),
        ('privacy', '0002_append_only_tables_are_never_emptied'),
    ]

    operations = [
        migrations.RunPython(
            partial(seal_anew, app='privacy', columns=COLUMNS, before='v1', after='v2'),
            partial(seal_anew, app='privacy', columns=COLUMNS, before='v2', after='v1'),
        ),
    ]
