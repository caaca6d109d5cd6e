"""The book of each cell, and into it whatever was sealed before there was one, in the order of sealing."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

import members.append_only

# Each kind with the column that says when it was sealed, in the order in which one sealing writes them.
# What is proved is said by book/kinds.py; a kind that came later has nothing from before.
TAKEN_OVER = (
    ('number', 'given_at'),
    ('signature', 'signed_at'),
    ('minutes', 'sealed_at'),
    ('proceedings', 'sealed_at'),
    ('addendum', 'written_at'),
    ('verdict', 'given_at'),
    ('comment', 'inspection__given_at'),
    ('answer', 'answered_at'),
    ('ballot', 'confirmed_at'),
    ('destruction', 'ended_at'),
)


def take_over(apps, schema_editor):
    """What a paper was when it was sealed is known from its own fingerprint: what was changed since will be found."""
    from book.kinds import KINDS
    from members.known import known

    sealed, cells = [], {}
    for rank, (name, moment) in enumerate(TAKEN_OVER):
        kind = KINDS[name]
        rows = kind.table._base_manager.using(schema_editor.connection.alias)
        if name == 'number':
            numbered = KINDS['minutes'].table._base_manager.exclude(sealed_at=None).exclude(number=None)
            rows = rows.filter(pk__in=numbered.values('number'))
        else:
            rows = rows.filter(kind.sealed)
        cell = known(kind.model).cell
        for pk, when, owner in rows.values_list('pk', moment, cell).order_by('pk'):
            if when is not None:
                sealed.append((when, rank, pk, name))
                cells[name, pk] = owner
    _link(apps, sealed, cells, timezone.now())


def _link(apps, sealed, cells, now):
    from book.models import FIRST, link_hash

    Link, last = apps.get_model('book', 'Link'), {}
    for _, _, pk, name in sorted(sealed):
        cell = cells[name, pk]
        number, previous = last.get(cell, (0, FIRST))
        digest = _digest(name, pk)
        made = link_hash(cell, number + 1, name, pk, digest, previous, True, now)
        Link.objects.create(
            cell_id=cell, number=number + 1, kind=name, thing_pk=pk, digest=digest, previous=previous, hash=made,
            taken_over=True, made_at=now,
        )
        last[cell] = (number + 1, made)


def _digest(name, pk):
    """Only the columns that are proved are asked for: others may be yet to come, or gone."""
    from book.kinds import KINDS

    kind = KINDS[name]
    whole = bool(kind.text) and 'fingerprint' not in kind.columns
    columns = (*kind.columns, *((kind.text, *getattr(kind.table, 'BOUND_TO', ())) if whole else ()))
    row = kind.table._base_manager.only('pk', *columns).get(pk=pk)
    return kind.digest(row, text_hash=row.fingerprint if kind.text and not whole else None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0004_append_only_tables_are_never_emptied'),
        ('meetings', '0005_what_a_correction_was_about'),
        ('critique', '0004_sealed_words_say_whose_they_are'),
        ('privacy', '0003_sealed_words_say_whose_they_are'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('thing_pk', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('taken_over', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['cell', 'number'],
                'constraints': [models.UniqueConstraint(fields=('cell', 'number'), name='link_number_once'), models.UniqueConstraint(fields=('kind', 'thing_pk'), name='linked_once')],
            },
        ),
        members.append_only.AppendOnly('Link'),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
