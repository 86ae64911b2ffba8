"""What a page sends about its visitor, taken as anybody's word: checked field by field, then kept.

The replies are plain values a page's script reads, the same over HTTP and from a notebook's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

from okrkit.errors import StoreError, UsageError

from .codes import plain_code, respondent_of
from .records import Answer, Profile, Record, Saved, Sending
from .store import Store
from .waves import Wave, wave_named

KINDS: Mapping[str, type[Record]] = {"answer": Answer, "profile": Profile, "sent": Sending}
ASKS = (*KINDS, "draft")  # what a page may ask for

Reply = dict[str, object]


def reply_to(store: Store, kind: str, said: object) -> Reply:
    """Do what a page asks for and say what came of it; never raises.

    `kind` is one of `ASKS`; `said` is what was sent with it, of whatever shape. A reply has `done`;
    what is not done has `why`, in words for the visitor, `again` when the same may be sent again
    later, and `over` when nothing of this visitor's can be changed any more.
    """
    try:
        if kind == "draft":
            return _draft(store, said)
        record = record_of(kind, said)
    except UsageError as error:
        return refusal(str(error))
    except StoreError as error:
        return refusal(str(error), again=True)
    try:
        saved = _save(store, record)
    except UsageError as error:
        return refusal(str(error), over=True)
    except StoreError as error:
        return refusal(str(error), again=True)
    return {"done": True, "at": saved.at.isoformat(), "repeated": saved.repeated}


def current_wave(store: Store) -> Wave | None:
    """The open wave that was opened last, else the last one; None before there is any."""
    return max(store.waves(), key=lambda wave: (wave.is_open, wave.opened_at), default=None)


def refusal(why: str, *, again: bool = False, over: bool = False) -> Reply:
    """The reply to what is not done."""
    return {"done": False, "why": why, "again": again, "over": over}


def record_of(kind: str, said: object) -> Record:
    """The record in what a page sent: the visitor's `code` and the fields of its kind, no others.

    Raises
    ------
    UsageError
        If it is none; names what does not fit.

    Examples
    --------
    >>> record_of("sent", {"code": "000G-40R4-0M30-E209", "key": "k" * 16, "wave": "Q3"}).wave
    'Q3'
    """
    if kind not in KINDS:
        raise UsageError(f"Expected one of {', '.join(ASKS)}.")
    record = KINDS[kind]
    names = {field.name for field in fields(record)} - {"respondent"}
    found = _exactly(said, names | {"code"})
    return record(respondent=_respondent(found), **{name: found[name] for name in names})  # type: ignore[arg-type]


def _draft(store: Store, said: object) -> Reply:
    found = _exactly(said, {"code", "wave"})
    respondent = _respondent(found)
    wave = wave_named(str(found["wave"]), store.waves())
    draft = store.draft(respondent, wave.name)
    return {
        "done": True,
        "code": plain_code(str(found["code"])),
        "open": wave.is_open,
        "known": bool(draft.answers or draft.mode),
        "answers": {
            str(statement): {**asdict(one), "at": one.at.isoformat()}
            for statement, one in draft.answers.items()
        },
        "team": draft.team,
        "level": draft.level,
        "mode": draft.mode or "own",
        "sent_at": draft.sent_at.isoformat() if draft.sent_at else None,
    }


def _save(store: Store, record: Record) -> Saved:
    if isinstance(record, Answer):
        return store.save_answer(record)
    if isinstance(record, Profile):
        return store.save_profile(record)
    if isinstance(record, Sending):
        return store.send(record)
    raise UsageError("Nothing of this kind is kept.")


def _exactly(said: object, names: set[str]) -> Mapping[str, object]:
    if not isinstance(said, Mapping) or set(said) != names:
        raise UsageError(f"Expected {', '.join(sorted(names))} and nothing else. Reload the page.")
    return said


def _respondent(found: Mapping[str, object]) -> str:
    code = found["code"]
    if not isinstance(code, str):
        raise UsageError("code: expected a text.")
    return respondent_of(code)
