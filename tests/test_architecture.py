"""The house rules that a machine can keep: sizes, docstrings, who writes to the database, names that must agree."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import models
from django.forms.renderers import get_default_renderer
from django.template import TemplateDoesNotExist
from django.test.utils import isolate_apps

from meetings.guards import GUARDS
from meetings.lifecycle import INSPECTING, TRANSITIONS
from members.checks import every_cell_model_is_known, every_line_of_the_table_can_be_asked
from members.conditions import Is, Since
from members.knowing import Gives, Known, Person
from members.known import KNOWN
from members.models import Organisation
from members.policy import ALLOWED
from members.roles import Role
from members.saving.sheet import SHEETS
from members.scoping import CellScoped
from tests.addresses import our_urls

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(settings.BASE_DIR)
APPS = (
    "guideline",
    "documents",
    "members",
    "search",
    "book",
    "rulings",
    "meetings",
    "shelf",
    "errands",
    "critique",
    "privacy",
    "printing",
    "chibo",
)
OURS = (*APPS, "templates", "static", "tests", "benchmarks", "scripts", "docs")
LONGEST_FILE = 400
LONGEST_VIEW = 40
QUERIES = {
    "filter", "exclude", "annotate", "order_by", "values_list", "aggregate", "select_related", "prefetch_related",
    "defer", "only", "distinct", "union", "in_bulk",
}  # fmt: skip
WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "raw", "execute",
}  # fmt: skip


def files(*suffixes: str, under: tuple[str, ...] = OURS) -> Iterator[Path]:
    for name in under:
        for path in sorted((ROOT / name).rglob("*")):
            if path.suffix in suffixes and "migrations" not in path.parts and path.is_file():
                yield path


def called(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(text(path)))


def test_an_update_leans_on_nothing_that_goes_on_changing() -> None:
    """Beside tables and columns that know how to be made, only on what was frozen for it.

    The first of the book has landed long since, and makes its triggers from the lines of `KINDS`.
    """
    allowed = {"members.append_only", "critique.sealing.fields"}
    found = {
        (called(path), name)
        for app in APPS
        for path in sorted((ROOT / app).glob("migrations/*.py"))
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
        if name.split(".")[0] in APPS and name not in allowed and ".migrations._" not in name
    }
    assert found == {
        ("book/migrations/0001_initial.py", name) for name in ("book.kinds", "book.models", "members.known")
    }


def view_files() -> list[Path]:
    named = [path for path in files(".py", under=APPS) if path.stem == "views" or path.parent.name == "views"]
    return [*named, ROOT / "chibo" / "home.py"]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    long = {called(path): text(path).count("\n") for path in files(".py", ".html", ".css", ".js")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}
    assert len(long) > 100


def test_no_view_is_longer_than_a_screen() -> None:
    found = {
        f"{called(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in view_files()
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: lines for name, lines in found.items() if lines > LONGEST_VIEW} == {}
    assert len(found) > 60


def test_every_page_is_a_function_of_our_own() -> None:
    views = {name: inspect.unwrap(pattern.callback) for name, pattern in our_urls().items()}
    assert [name for name, view in views.items() if not inspect.isfunction(view)] == []
    assert {Path(inspect.getfile(view)) for view in views.values()} - set(view_files()) == set()


def test_every_module_says_what_it_owns() -> None:
    modules = [*files(".py", under=(*APPS, "tests", "benchmarks")), ROOT / "manage.py", ROOT / "gunicorn.conf.py"]
    trees = {called(path): ast.parse(text(path)) for path in modules}
    assert [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_views_and_forms_change_nothing_themselves() -> None:
    """Every change goes through an action, which asks for the right, claims the row and leaves an event."""
    forms = [path for path in files(".py", under=APPS) if path.stem == "forms" or path.parent.name == "forms"]
    writing = [
        f"{called(path)}:{node.lineno} .{node.func.attr}()"
        for path in (*view_files(), *forms)
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert writing == []


def queries_of(tree: ast.AST) -> list[str]:
    """With nothing between its brackets `values()` is a table's own."""
    return [
        f"{node.lineno} .{node.func.attr}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in QUERIES or (node.func.attr == "values" and (node.args or node.keywords))
    ]


def test_views_ask_for_rows_by_name_and_build_no_query() -> None:
    """What is asked is said once, by a method of the rows that a sentence elsewhere can use too."""
    built = {called(path): queries_of(ast.parse(text(path))) for path in view_files()}
    assert {name: found for name, found in built.items() if found} == {}
    assert queries_of(ast.parse("rows.filter(cell=1).values('pk'); table.values()")) == ["1 .values()", "1 .filter()"]
    assert len(built) > 20


# Views of these apps that show no words about anybody and take none.
WITHOUT_WORDS = {
    "to write on by hand": {"blank-form", "letter-blank", "ballot-blank"},
    "days, places and states of a review": {"cycle-list", "cycle-new", "cycle-edit", "conference-new"},
    "figures, and who counted them": {
        "ballot-list",
        "ballot",
        "ballot-confirm",
        "ballot-pdf",
        "handed-up-list",
        "handed-up-pdf",
    },
    "what the whole cell knows": {"published", "published-pdf"},
    "ticks below a printed notice": {"data-notice", "consent-take-back"},
}


def test_every_page_with_words_about_people_is_private_in_a_report_of_an_error() -> None:
    views = {name: pattern.callback for name, pattern in our_urls().items()}
    about = {
        name
        for name, view in views.items()
        if inspect.unwrap(view).__module__.split(".")[0] in ("critique", "privacy", "printing") or name == "write"
    }
    about |= {"search", "cell-export"}  # what was asked for, and where it stands; what locks the archive
    about |= {"poll-say", "poll-say-for", "poll-hands"}  # what somebody has chosen is kept nowhere else either
    marked = {name for name, view in views.items() if getattr(view, "private", False)}
    assert marked == about - set().union(*WITHOUT_WORDS.values())
    assert set().union(*WITHOUT_WORDS.values()) <= about
    assert len(marked) > 60


def test_every_right_that_is_asked_for_stands_in_the_table_and_every_line_of_the_table_is_asked_for() -> None:
    kinds = {action.split(".")[0] for action in ALLOWED}
    words = {
        node.value
        for path in files(
            ".py",
            under=APPS[2:],
        )
        if called(path) not in ("members/policy.py", "members/known.py")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    asked = {word for word in words if re.fullmatch(r"[a-z]+\.[a-z]+", word) and word.split(".")[0] in kinds}
    assert asked == set(ALLOWED)


def test_transitions_and_sheets_ask_for_rights_and_guards_that_exist() -> None:
    needs = {step.needs for table in (TRANSITIONS, INSPECTING) for step in table.values()} | {
        sheet.needs for sheet in SHEETS.values()
    }
    guards = {guard for step in TRANSITIONS.values() for guard in step.guards}
    assert (needs - set(ALLOWED), guards) == (set(), set(GUARDS))


# Actions that do not ask: what gives the right instead.
ASK_OTHERWISE = {
    "printing/actions.py ask_paper": "whoever has come through the address of the paper",
    "printing/actions.py ask_year": "the same; each paper in it was asked for",
    "critique/course/actions.py submit": "submitting the text, with which it begins",
    "members/entry/actions/slips.py use_slip": "whoever holds the printed code",
    "members/entry/actions/start.py start_here": "whoever holds the code of the console, while nobody has an account",
    "meetings/actions/reminding.py send": "the clock of the server, once a day",
    "privacy/actions/consent.py agree": "one's own consent: the account's own member and nobody else's",
    "privacy/actions/consent.py take_back": "the same",
    # Parts of an action that has asked already and holds the row.
    "critique/hearing/actions/hearing.py judge_alone": "refuses, changes nothing",
    "critique/writing/opening.py write_down_reading": "open_review, packing the archive",
    "critique/hearing/actions/opening.py write_down_opening": "packing the archive, the full minutes",
    "critique/hearing/actions/hearing.py write_down": "add_opinion, send_note",
    "critique/levels/actions/entries.py add_step": "every step of a level, the confirmed ballot",
    "critique/levels/actions/entries.py copy_chosen": "holding the conference, handing in, handing up",
    "meetings/actions/remarks.py open_remark": "add_remark, giving the floor",
    "meetings/actions/preparing.py committee_has_met": "closing the committee's meeting",
    "meetings/actions/preparing.py committee_meets_again": "opening it again",
    "meetings/actions/programme.py count_up": "saving the programme, placing what is asked for",
}
ASKING = {"require", "require_administrator", "require_or_administrator", "require_self", "move"}


def actions_of(path: Path) -> Iterator[ast.FunctionDef]:
    """What is public there and says when it happens: the doors to a change."""
    for node in ast.parse(text(path)).body:
        public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if public and "at" in {given.arg for given in node.args.kwonlyargs}:
            yield node


def test_every_action_asks_for_the_right_itself() -> None:
    """Whoever calls it next -- a page, a command -- is asked too; `move` reads the right in its table."""
    paths = [
        path
        for path in files(".py", under=APPS)
        if path.stem in {"actions", "opening"} or path.parent.name == "actions"
    ]
    found = {f"{called(path)} {action.name}": action for path in paths for action in actions_of(path)}
    silent = {
        name
        for name, action in found.items()
        if not any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING
            for node in ast.walk(action)
        )
    }
    assert silent == set(ASK_OTHERWISE)
    assert len(found) > 120


def test_every_template_is_used_and_every_template_that_is_used_exists() -> None:
    written = {str(path.relative_to(ROOT / "templates")) for path in files(".html", under=("templates",))}
    sources = "".join(text(path) for path in files(".py", ".html", under=(*APPS, "templates")))
    named = set(re.findall(r"""["']((?:[a-z_]+/)*[a-z0-9_]+\.html)["'#]""", sources))
    of_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    of_crispy = {"bootstrap5/field.html"}  # ours is read in place of its own
    assert written - of_django - of_crispy == {name for name in named - of_django if not of_a_library(name)}
    assert [name for name in of_crispy if not of_a_library(name)] == []


def of_a_library(name: str) -> bool:
    """Whether a template of this name comes with what is installed, whatever stands in our own directory."""
    try:
        get_default_renderer().get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_nothing_typed_by_people_is_ever_trusted_as_markup() -> None:
    trusting = re.compile(r"\|\s*safe\b|\bsafeseq\b|autoescape\s+off")
    marks = re.compile(r"\bmark_safe\b|\bSafeString\(|\b__html__\b")
    assert [called(path) for path in files(".html", under=("templates",)) if trusting.search(text(path))] == []
    trusted = {called(path) for path in files(".py", under=APPS) if marks.search(text(path))}
    # A panel comes escaped from its template; the view takes the word “hidden” out of it and puts nothing in. Names and
    # values of an input's attributes are escaped one by one where they are put together.
    assert trusted - {"documents/html.py", "meetings/views/live.py", "members/rendering.py"} == set()
    assert trusting.search("{{ name|safe }}") is not None


def made_up(name: str, **columns: Any) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "meetings"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def link(to: type[models.Model]) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(to, models.CASCADE, related_name="+")


def test_a_model_that_leads_to_a_cell_cannot_forget_whose_row_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Scoped", "NamesItsCellOnly"):
        monkeypatch.setitem(KNOWN, f"meetings.{name}", Known("", cell="cell"))
    with isolate_apps("meetings") as isolated:
        scoped = made_up("Scoped", cell=link(Organisation), objects=CellScoped.as_manager())
        made_up("Forgetful", cell=link(Organisation))
        made_up("ForgetfulFurtherAway", row=link(scoped))
        made_up("NamesItsCellOnly", cell=link(Organisation))
        monkeypatch.setattr("members.checks.apps", isolated)
        found = {(error.obj.__name__, error.id) for error in every_cell_model_is_known(None)}
    assert found == {
        ("Forgetful", "members.E001"),
        ("ForgetfulFurtherAway", "members.E001"),
        ("NamesItsCellOnly", "members.E002"),
    }


LINES_THAT_LIE = {
    "meetings.Nowhere": (Known("", cell="cell"), "E003"),
    "members.Tenure": (Known("", cell="organisation", above=Since("ended_on", "")), "E004"),
    "meetings.Meeting": (Known("", cell="cell", member=Is("state", ("finished",), "")), "E004"),
    "meetings.Vote": (Known("", cell="meeting__place"), "E004"),
    "critique.Ballot": (
        Known("", "cycle__cell", gives=(Gives(Role.TELLER, Person("tellers", people=True)),), secret=True,
              also=(Role.TELLER,)), "E005",
    ),
}  # fmt: skip


@pytest.mark.parametrize("label", LINES_THAT_LIE)
def test_a_line_of_the_table_that_lies_about_its_columns_is_found(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line, number = LINES_THAT_LIE[label]
    monkeypatch.setattr("members.checks.KNOWN", {label: line})
    monkeypatch.setattr("members.checks.known", {label: line}.__getitem__)
    assert [error.id for error in every_line_of_the_table_can_be_asked(None)] == [f"members.{number}"]


def test_every_model_of_ours_remembers_whose_row_it_is() -> None:
    assert (every_cell_model_is_known(None), every_line_of_the_table_can_be_asked(None)) == ([], [])


#: Which of the two spellings papers take is a choice: here both are named.
OF_BOTH = {
    "members/house.py", "rulings/house.py", "docs/glossary.md", "docs/huong-dan.md",
    "docs/decisions/0041-a-house-style-is-a-ruling.md",
}  # fmt: skip


def test_the_committee_is_spelt_as_the_party_spells_it() -> None:
    """The tone stands on the last vowel, in composed letters, on every screen and paper."""
    other = re.compile("\u1ee7[yY]|\u1ee6[yY]|[\u0300-\u036f]")
    spelt = [path for path in files(".py", ".html", ".css", ".js", ".md") if "tests" not in path.parts]
    assert {called(path) for path in spelt if other.search(text(path))} == OF_BOTH


def test_no_file_knows_the_machine_on_which_it_was_written() -> None:
    place = re.compile(r"(?<![\w.:/}])/(?:work|tmp|root|home|farm)/\w")
    alone = [ROOT / name for name in ("Makefile", "pyproject.toml", "README.md", "ARCHITECTURE.md", ".env.example")]
    checked = [*files(".py", ".html", ".css", ".js", ".md", ".sh", ".toml", ""), *alone]
    assert [called(path) for path in checked if path != Path(__file__) and place.search(text(path))] == []
    assert place.search('open("/tmp/x")') is not None
