from types import SimpleNamespace

from django.db import migrations

from members.append_only import AppendOnly

WHAT = {"give_directive": "give_errand", "withdraw_directive": "withdraw_errand"}
TOLD = ("organisation_id", "text", "document", "kind", "year", "month", "given_by_id", "given_at", "withdrawn_at", "version")


def move_here(apps, schema_editor):
    """Each topic becomes an errand with a charge for every cell below that has not ended: so far all were asked."""
    directives, errands = apps.get_model("meetings", "Directive"), apps.get_model("errands", "Errand")
    charges, lines = apps.get_model("errands", "Charge"), apps.get_model("meetings", "ProgrammeLine")
    organisations = apps.get_model("members", "Organisation")
    renamed = {}
    for one in directives.objects.order_by("pk").select_related("organisation"):
        errand = errands.objects.create(**{name: getattr(one, name) for name in TOLD})
        renamed[one.pk] = errand.pk
        placed = dict(lines.objects.filter(directive=one).values_list("programme__cell", "pk"))
        cells = organisations.objects.filter(kind="cell", path__startswith=one.organisation.path).exclude(
            pk=one.organisation_id
        )
        asked = cells.filter(closed_on=None).values_list("pk", flat=True)
        keys = sorted({*asked, *placed})
        charges.objects.bulk_create(charges(errand=errand, cell_id=pk, line_id=placed.get(pk)) for pk in keys)
    _rename_events(apps, schema_editor, "directive", "errand", renamed, WHAT)


def move_back(apps, schema_editor):
    """Which cells were asked, and what they have said, there is no place for: every cell below is asked again."""
    directives, errands = apps.get_model("meetings", "Directive"), apps.get_model("errands", "Errand")
    charges, lines = apps.get_model("errands", "Charge"), apps.get_model("meetings", "ProgrammeLine")
    renamed = {}
    for errand in errands.objects.exclude(kind="").order_by("pk"):
        one = directives.objects.create(**{name: getattr(errand, name) for name in TOLD})
        renamed[errand.pk] = one.pk
        if errand.month is None:  # one with a month stands there by itself, and would stand there twice
            placed = charges.objects.filter(errand=errand).exclude(line=None).values("line")
            lines.objects.filter(pk__in=placed).update(directive=one)
        apps.get_model("errands", "Report").objects.filter(charge__errand=errand).delete()
        charges.objects.filter(errand=errand).delete()
    errands.objects.filter(pk__in=renamed).delete()
    _rename_events(apps, schema_editor, "errand", "directive", renamed, {new: old for old, new in WHAT.items()})


def _rename_events(apps, schema_editor, old, new, keys, acts):
    """Who did what and when stays as it is; the events point at the row by its new name."""
    if not keys:
        return
    events, guard = apps.get_model("members", "Event"), AppendOnly("Event")
    state = SimpleNamespace(apps=apps)
    guard.database_backwards("members", schema_editor, state, state)
    for before, after in keys.items():
        for event in events.objects.filter(thing=old, thing_pk=before):
            rows = events.objects.filter(pk=event.pk)
            rows.update(thing=new, thing_pk=after, what=acts.get(event.what, event.what))
    guard.database_forwards("members", schema_editor, state, state)


class Migration(migrations.Migration):
    dependencies = [("errands", "0002_topics_for_some_cells"), ("members", "0013_closed_bodies")]

    operations = [migrations.RunPython(move_here, move_back, elidable=False)]
