"""The audit trail: each row names what was saved and is chained by its hash to the row before.

Whoever changes, adds, removes or reorders rows by other means breaks the chain or the digest of
what was saved. Someone who rewrites the whole file cannot be told from it alone: compare its
`Head` with one written down elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    func,
    insert,
    inspect,
    literal_column,
    select,
    table,
)

from .schema import DATA, audit_row, erased, invite, session

ACTIONS: Mapping[str, str] = {
    "answer": "save_answer",
    "profile": "save_profile",
    "sent": "send",
    "wave_event": "change_wave",
    "invite": "issue",
    "session": "begin_session",
    "ended": "end",
    "erased": "erase",
}
_START = "0" * 64
_MOST_FAULTS = 50
_NOT_IN_DIGEST = {"seq", "key", "at", "used"}  # the audit row holds these itself, or they change

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """The last audit row: written down elsewhere, it shows whether rows are missing later."""

    seq: int  #: how many rows there are; 0 in an empty store
    hash: str


@dataclass(frozen=True)
class Verification:
    """What a check of the chain found; `faults` are sentences, the first 50 at most."""

    head: Head
    faults: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every row is as it was saved, with its audit row, in unbroken order."""
        return not self.faults


def append(connection: Connection, data: Table, values: Row) -> None:
    """Add a row and its audit row; both or neither, with the transaction of `connection`."""
    seq = connection.execute(insert(data).returning(data.c.seq), dict(values)).scalar_one()
    last = head(connection)
    row = {
        "seq": last.seq + 1,
        "key": values["key"],
        "action": ACTIONS[data.name],
        "object": f"{data.name}/{seq}",
        "at": values["at"],
        "payload_digest": digest(values),
        "prev_hash": last.hash,
    }
    connection.execute(insert(audit_row), row | {"hash": _hash(row)})


def head(connection: Connection) -> Head:
    """The last audit row."""
    latest = select(audit_row.c.seq, audit_row.c.hash).order_by(audit_row.c.seq.desc()).limit(1)
    row = connection.execute(latest).first()
    return Head(0, _START) if row is None else Head(row.seq, row.hash)


def digest(values: Row) -> str:
    """The digest of what a row says.

    Columns without a value do not count, so that a column added by a later migration leaves the
    digests of earlier rows as they are.
    """
    said = {k: v for k, v in values.items() if k not in _NOT_IN_DIGEST and v is not None}
    return _sha256(said)


def verify(connection: Connection) -> Verification:
    """Check the chain, and that data rows and audit rows belong together one to one.

    An erased row is missing, and named in the table `erased`, whose rows have audit rows too.
    """
    faults: list[str] = []
    try:
        faults += islice(_faults(connection), _MOST_FAULTS)
    except KeyError as missing:
        faults.append(f"The column {missing} is missing.")
    return Verification(head(connection), tuple(faults))


def _faults(connection: Connection) -> Iterator[str]:
    owed: dict[str, Row] = {}
    yield from _chain_faults(connection, owed)
    there = set(inspect(connection).get_table_names())  # an earlier revision has fewer
    gone = _erased(connection) if erased.name in there else set()
    for what in sorted(gone - set(owed)):
        yield f"{what} was erased, but no audit row tells that it was ever saved."
    for name in (name for name in DATA if name in there):
        for row in _all(connection, name):
            what = f"{name}/{row['seq']}"
            if what in gone:
                yield f"{what} was erased, and is there."
            yield from _unlike(what, row, owed.pop(what, None))
    for what in (what for what in owed if what not in gone):
        yield f"Audit row {owed[what]['seq']} tells of {what}, which is missing."
    if invite.name in there:
        yield from _used_without_session(connection)


def _chain_faults(connection: Connection, owed: dict[str, Row]) -> Iterator[str]:
    """Faults of the audit rows themselves; puts what each tells of into `owed`."""
    before, seq = _START, 0
    for row in _all(connection, audit_row.name):
        seq += 1
        if row["seq"] != seq:
            yield f"Audit row {seq} is missing; the next one there is {row['seq']}."
            seq = row["seq"]
        if row["prev_hash"] != before:
            yield f"Audit row {seq} does not follow the row before it."
        if _hash(row) != row["hash"]:
            yield f"Audit row {seq} is not as it was written."
        before = row["hash"]
        owed[row["object"]] = row


def _erased(connection: Connection) -> set[str]:
    """What has been erased, such as `answer/17`."""
    return {str(row["object"]) for row in _all(connection, erased.name)}


def _used_without_session(connection: Connection) -> Iterator[str]:
    """A single-use invitation that is used has begun one session, and the other way round."""
    used = [row["used"] for row in _all(connection, invite.name) if row["used"] != 0]
    begun = sum(row["mode"] == "single" for row in _all(connection, session.name))
    if used != [1] * begun:
        yield f"{len(used)} single-use invitations are used; {begun} have begun a session."


def _unlike(what: str, row: Row, audit: Row | None) -> Iterator[str]:
    if audit is None:
        yield f"{what} has no audit row."
    elif (
        digest(row) != audit["payload_digest"]
        or any(row[name] != audit[name] for name in ("key", "at"))
        or audit["action"] != ACTIONS[what.split("/")[0]]
    ):
        yield f"{what} is not what audit row {audit['seq']} says was saved."


def _all(connection: Connection, name: str) -> Iterator[Row]:
    """Rows with the columns the file has, which may be those of an earlier revision."""
    every: Select[Any] = select(literal_column("*"))
    rows = every.select_from(table(name)).order_by(literal_column("seq"))
    found = connection.execute(rows, execution_options={"yield_per": 1000})
    names = tuple(found.keys())
    yield from (dict(zip(names, row, strict=True)) for row in found)


def count(connection: Connection, name: str) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table(name))).scalar_one())


def _hash(row: Row) -> str:
    return _sha256({k: v for k, v in row.items() if k != "hash"})


def _sha256(values: Row) -> str:
    text = json.dumps(dict(values), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
