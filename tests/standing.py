"""What steps make of a plan that many tests begin with: played once in a run, and put there again for the others.

What steps do depends on what stands and on what they are asked (tests/steps/test_month_laws.py): where the same rows
stand and the same is asked, the rows and files that were written the first time are written again as they were.
The workers of a run share what each of them played.
"""

import copy
import copyreg
import functools
import hashlib
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from types import MappingProxyType
from typing import ParamSpec, TypeVar

import polars as pl
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Row = tuple[object, ...]
Rows = dict[type[models.Model], dict[object, Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a play left: the rows that it wrote or wrote over, those that it took away, the files, and its answer."""

    written: Rows
    gone: Rows
    files: Mapping[Path, bytes]
    answer: object


KEPT: dict[str, Left] = {}


def _frozen(given: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(given)


copyreg.pickle(MappingProxyType, lambda shown: (_frozen, (dict(shown),)))  # what steps answer holds them


class Shelf:
    """Where the workers of a run lay what they played; while one plays, the others wait for it."""

    folder: Path | None = None


SHELF = Shelf()


def once_a_run(play: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Let a function that takes a plan from one state to another be played once in a run where the same stands."""

    @functools.wraps(play)
    def stand(*given: Asked.args, **asked: Asked.kwargs) -> Found:
        key = _key(str(play.__module__), play.__qualname__, _said(given), _said(asked), _stands())
        if key not in KEPT:
            with _alone(key) as laid:
                if laid is None or not laid.stat().st_size:
                    KEPT[key] = _played(lambda: play(*given, **asked))
                    _lay(KEPT[key], laid)
                else:
                    KEPT[key] = pickle.loads(laid.read_bytes())  # noqa: S301 - what another worker of this run laid there
                    _put(KEPT[key])
        else:
            _put(KEPT[key])
        answer: Found = KEPT[key].answer  # type: ignore[assignment]  # what that play answered
        return copy.copy(answer) if isinstance(answer, models.Model) else answer

    return stand


@contextmanager
def _alone(key: str) -> Iterator[Path | None]:
    """The place on the shelf of what is played, for one worker at a time; empty until it was; None with no shelf."""
    if SHELF.folder is None:
        yield None
        return
    with (SHELF.folder / key).open("ab") as held:
        flock(held, LOCK_EX)
        yield Path(held.name)


def _lay(left: Left, place: Path | None) -> None:
    if place is not None:
        place.write_bytes(pickle.dumps(left))


def _played(play: Callable[[], object]) -> Left:
    before, files = _rows(), set(_files())
    answer = play()
    after = _rows()
    written = {
        model: {pk: row for pk, row in rows.items() if before[model].get(pk) != row} for model, rows in after.items()
    }
    gone = {model: {pk: row for pk, row in rows.items() if pk not in after[model]} for model, rows in before.items()}
    new = {path: (_home() / path).read_bytes() for path in _files() if path not in files}
    return Left(written=written, gone=gone, files=new, answer=answer)


@transaction.atomic  # rows point at each other: all are there before the database looks at any
def _put(left: Left) -> None:
    for path, content in left.files.items():
        (_home() / path).parent.mkdir(parents=True, exist_ok=True)
        (_home() / path).write_bytes(content)
    for model in _models():
        over = [*left.gone[model], *left.written[model]]
        if over:
            found = model._base_manager.filter(pk__in=over)
            found._raw_delete(found.db)
    for model in _models():
        names = _columns(model)
        rows = left.written[model].values()
        model._base_manager.bulk_create([model(**dict(zip(names, row, strict=True))) for row in rows])
    with connection.cursor() as cursor:  # so that the next row has the number that it had after the play
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[type[models.Model]]:
    return [*apps.get_app_config("store").get_models(include_auto_created=True)]


def _columns(model: type[models.Model]) -> list[str]:
    """The names of a row, the one that numbers it first."""
    return ["pk", *(field.attname for field in model._meta.concrete_fields if not field.primary_key)]


def _rows() -> Rows:
    return {
        model: {row[0]: row for row in model._base_manager.order_by("pk").values_list(*_columns(model))}
        for model in _models()
    }


def _stands() -> str:
    """All rows as the database holds them: they only tell one state from another, and are read for every play."""
    said, quote = list[str](), connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in _models():
            table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - names of our own
            said.append(f"{table} {cursor.fetchall()}")
    return "\n".join(said)


def _home() -> Path:
    return Path(settings.ONENUMBER_HOME)


def _files() -> list[Path]:
    return sorted(path.relative_to(_home()) for path in _home().rglob("*") if path.is_file())


def _said(value: object) -> str:
    """A value by what it holds: a plan by its key, a folder by its files, a table by its rows."""
    match value:
        case models.Model():
            return f"{type(value).__name__} {value}"
        case Path():
            return _said({path.name: path.read_bytes() for path in sorted(value.iterdir())})
        case pl.DataFrame():
            return f"{value.schema} {value.rows()}"
        case dict():
            return "{" + ", ".join(f"{name}: {_said(held)}" for name, held in value.items()) + "}"
        case tuple():
            return "(" + ", ".join(map(_said, value)) + ")"
        case _:
            return repr(value)


def _key(*said: str) -> str:
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
