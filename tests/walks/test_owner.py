"""Every question that a request asks about rows of a person names that person: where rows lie by their owner, on many
machines, one of them answers it (docs/operating.md, a hundred million). What does not is listed, each with its reason.
What locks or changes rows always does; what is joined is joined by ids alone.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from accounts.by_owner import ByOwner
from accounts.models import User
from tests import make
from tests.accounts.test_ways_in import SECRET, sign_in
from tests.house import tree
from tests.walks.crawl import Field, Form, shape, text_of, walk
from tests.walks.test_noscript import PROVEN, START, leave_out

OWNED = {
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if any(field.column == "owner_id" for field in model._meta.concrete_fields)
}
# A person’s as well, with no owner of their own: they hang on a row that has one.
OF_PEOPLE = {
    "journal_removal",
    "journal_stepremoval",
    "journal_milestoneremoval",
    "journal_treatremoval",
    "journal_matterremoval",
    "journal_draftremoval",
    "journal_letgo",
    "journal_entry_themes",
}
TABLE = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
# Names a person: the owner of a row, or the row of the person.
NAMES = re.compile(r'("owner_id"|"accounts_user"\."id") (=|IN) ?\(?(%s|SELECT)')
# A row that was found by its owner a moment before leads to what hangs on it, by its id, which is random. By verb and
# by what was asked with, nothing else does. Over many machines each of these asks all of them, until the relations of
# the journal join by owner and id (docs/operating.md).
WITHOUT = {
    "SELECT BY entry_id": "what lies beside the entries of a page",
    "SELECT BY step_id": "what lies beside a step",
    "SELECT BY milestone_id": "the steps and lines of a milestone",
    "SELECT BY matter_id": "what carries a word of one’s own",
    "SELECT BY id": "a row that another one names, or whether an id that a form made is free: of anybody",
    "DELETE BY id": "a row that was found goes, by the ORM’s own hand",
    "DELETE BY incoming_id": "what was brought along goes with its file",
    "DELETE BY measure_id": "readings go with their measure",
}


# What forms ask for by the kind of a field.
KNOWN = {"password": SECRET, "email": "ada.elsewhere@example.com"}
# What is joined to a table, and by what: by the id of one of the two rows alone, without an owner.
JOIN = re.compile(r'JOIN "(\w+)"(?: \w+)? ON \((.+?)\)(?= |$)')
BY_ID = re.compile(r'\(?[\w"]+\."(\w+)" = [\w"]+\."(\w+)"')

# As docs/operating.md has them.
UNIQUE = {"entry_id", "step_id", "milestone_id", "delivery_id", "digest", "stop_token"}
UNIQUE |= {"page, entry", "measure, local_date", "incoming, no"}


class Questions:
    """What was asked about rows with an owner without naming one; how many of all joined a row by its id alone, and
    what was joined otherwise; what locks or changes rows and names nobody.
    """

    def __init__(self) -> None:
        self.asked, self.unowned = 0, dict[str, list[tuple[str, str]]]()
        self.joining, self.joined = 0, set[str]()
        self.held = list[str]()
        self.at = ""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("INSERT") and OWNED & set(TABLE.findall(sql)):
            self.asked += 1
            self.look_at_joins(sql)
            if (sql.startswith("UPDATE") or " FOR UPDATE" in sql) and not NAMES.search(asking(sql)):
                self.held.append(sql)
            for part in re.split(r" UNION ALL ", sql):
                if not NAMES.search(asking(part)):
                    self.unowned.setdefault(f"{part.split()[0]} BY {asked_with(part)}", []).append((self.at, part))
        return execute(sql, params, many, context)

    def look_at_joins(self, sql: str) -> None:
        joins = [on for table, on in JOIN.findall(sql) if table in OWNED | OF_PEOPLE and "owner_id" not in on]
        self.joining += bool(joins)
        self.joined |= {on for on in joins if not by_an_id(on)}


def asking(sql: str) -> str:
    """What says which rows: that a row is given an owner (SET) is not it."""
    return sql.partition(" WHERE ")[2] if sql.startswith("UPDATE") else sql


def by_an_id(on: str) -> bool:
    match = BY_ID.fullmatch(on)
    return match is not None and all(column == "id" or column.endswith("_id") for column in match.groups())


def asked_with(sql: str) -> str:
    """The columns that were compared with what was given; all of it that depends on a person is an id or a token."""
    where = sql.rpartition(" WHERE ")[2].partition(" ORDER BY ")[0]
    return ", ".join(sorted(set(re.findall(r'"(\w+)"\)?(?:::\w+)? (?:=|IN) (?:ANY ?)?\(*(?:%s|SELECT)', where))))


def words(form: Form, field: Field) -> str:
    return "leave" if field.name == "word" else "Rested, and it helped."


def send(client: Client, form: Form, done: dict[tuple[Any, ...], int]) -> None:
    """Each kind of it once, with the status of its answer, and nothing of it stays: not even that somebody left."""
    known = {one.name: KNOWN[one.kind] for one in form.fields if one.kind in KNOWN}
    for path, data in form.posts(words):
        kind = (form.method, shape(path), *sorted(data), data.get("kind"))
        if kind in done:
            continue
        before, cookies = transaction.savepoint(), deepcopy(client.cookies)
        answer = client.get(path, data) if form.method == "get" else client.post(path, data | known)
        text_of(answer)
        done[kind] = answer.status_code
        transaction.savepoint_rollback(before)
        client.cookies = cookies


def unique(model: type[models.Model]) -> set[str]:
    """What is unique of its rows without their owner."""
    alone = [field.column for field in model._meta.concrete_fields if field.unique]
    constraints = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    several = [one.fields or [part.name for part in one.expressions] for one in constraints]
    return {", ".join(names) for names in several if "owner" not in names} | set(alone) - {"id", "owner_id"}


def test_what_is_unique_without_its_owner_is_known_to_the_operators_page() -> None:
    owned = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in OWNED]
    assert set().union(*map(unique, owned)) == UNIQUE


def test_what_has_an_owner_is_saved_by_owner_and_id() -> None:
    owned = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in OWNED]
    by_id = {model for model in owned if "owner" not in {field.name for field in model._meta.pk_fields}}
    assert {model.__name__ for model in by_id if not issubclass(model, ByOwner)} == {"Access"}  # of nobody, too


def test_what_is_a_persons_and_has_no_owner_is_known_to_the_operators_page() -> None:
    text = (tree.ROOT / "docs" / "operating.md").read_text().partition("**A hundred million, on paper.**")[2]
    assert {table for table in OF_PEOPLE if f"`{table}`" not in text} == set()
    hanging = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.db_table in OWNED and model._meta.db_table not in OWNED
    }
    assert hanging == OF_PEOPLE


def test_every_question_of_a_request_names_the_owner(ada: User) -> None:
    """Of somebody who has just proved who they are, so that doors and the way out answer as well."""
    make.one_of_each(ada, "heliotrope")
    make.passkey(ada)
    client = Client(SERVER_NAME="localhost")
    sign_in(client)
    found, done = Questions(), dict[tuple[Any, ...], int]()
    with connection.execute_wrapper(found):
        for address, _, page in walk(client, [*START, *PROVEN], leave_out, a_shape=1):
            found.at = address
            for form in page.forms:
                send(client, form, done)
    assert found.asked > 800
    went = {path for (method, path, *_more), status in done.items() if method == "post" and status in (302, 303)}
    assert {"/account/email/", "/account/password/change/", "/account/logout/", "/settings/leaving/"} <= went
    assert client.get("/settings/privacy/").status_code == 200
    assert {name: asked[:2] for name, asked in found.unowned.items() if name not in WITHOUT} == {}
    assert set(found.unowned) == set(WITHOUT)
    assert (found.held, found.joined) == ([], set())
    assert 0.3 < found.joining / found.asked < 0.5
