"""The process beside the pages: reads and checks an upload, or writes it, or reconciles it. `python -m yumiao.desk.imports.work UID RUN`.

It tells its progress through the upload's `state.json` and nothing else, and may be killed at any moment: what it writes into the
record is one act, and whatever lies in the folder is replaced whole. It must not know requests or pages.
"""

from __future__ import annotations

import errno
import json
import os
import pickle
import sys
import uuid
from contextlib import suppress
from dataclasses import asdict, astuple
from datetime import date
from typing import TYPE_CHECKING, Any

from yumiao import __version__

if TYPE_CHECKING:
    from yumiao.desk.imports.store import Upload
    from yumiao.desk.workbook.checking import Checked, Incoming
    from yumiao.desk.workbook.committing import Ready
    from yumiao.journal.acts import Actor
    from yumiao.kernel.scope import Scope

CHECK, TAKE, RECONCILE = "check", "take", "reconcile"
NEW_SHOWN = 50
SHEETS_SAID = 5
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DISK_FULL = "磁盘空间不足或读写出错，什么也没有写入。请联系系统管理员检查磁盘后重新核对。"
ON_DISK = ("disk", "space left", "extend file")  # what the databases say of it
NOT_DONE = "数据库没有完成这次操作，什么也没有写入。请稍后重新核对；仍不行请联系系统管理员。"
ALTERED = "暂存的文件与上传时不符，什么也没有写入。请重新上传。"
BROKEN = "处理时出错，什么也没有写入。请重新核对；仍不行请把文件交系统管理员查看。"


def main(arguments: list[str]) -> None:
    """Set the process up: private files, low priority, Django."""
    os.umask(0o077)
    os.nice(5)
    import django

    django.setup()
    work(uuid.UUID(arguments[0]), arguments[1])


def work(uid: uuid.UUID, run: str) -> None:
    """Do what the upload's job says, unless it has been asked for anew since; every fault ends as a sentence in the state."""
    from yumiao.desk.imports.store import Phase, Upload, uploads_folder

    upload = Upload(uid, uploads_folder() / str(uid))
    with upload.held():
        job = upload.read_json("job")
        if job["run"] != run or upload.state.phase is not Phase.ASKED:
            return
        try:
            _do(upload, job)
        except Exception as error:
            upload.put_state(Phase.FAILED, reason=_told(error))


def _told(error: Exception) -> str:
    """What a clerk is told; the error itself may hold personal data and goes nowhere."""
    from django.db import DatabaseError

    from yumiao.desk.imports.store import Altered

    match error:
        case OSError() if error.errno in FULL:
            return DISK_FULL
        case DatabaseError():
            return DISK_FULL if any(word in str(error) for word in ON_DISK) else NOT_DONE
        case Altered():
            return ALTERED
    return BROKEN


def _do(upload: Upload, job: dict[str, Any]) -> None:
    from yumiao.desk.workbook.importing import collector_resting
    from yumiao.kernel.scope import Range, Scope

    today = date.fromisoformat(job["today"])
    within = Scope(tuple(Range(lo, hi) for lo, hi in job["within"]), today)
    with collector_resting():
        if job["step"] == RECONCILE:
            from yumiao.desk.reconciliation.comparing import compare_upload

            compare_upload(upload, job, within, today)
        elif job["step"] == TAKE:
            _take(upload, job, within, today)
        elif (incoming := _read(upload, job)) is not None:
            _show(upload, incoming, _checked(upload, incoming, within, today), within, job)


def _no_sheet_said(titles: list[str], found: list[str]) -> str:
    """Of a workbook that has none of our sheets: what they should be called, and what it has."""
    shown = "、".join(found[:SHEETS_SAID]) + (" 等" if len(found) > SHEETS_SAID else "")
    return f"没有可识别的表，表名应为：{'、'.join(titles)}。文件中的表是：{shown}。把表名改好后再上传。"


def _names(job: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The names of columns that hold at the office the job is for; what was chosen for this workbook before all others."""
    from yumiao.desk.workbook.naming import own_names

    return own_names(job.get("line", []), job.get("names", {}))


def _read(upload: Upload, job: dict[str, Any]) -> Incoming | None:
    """The workbook, parsed; None, and said in the state, where it is none."""
    from yumiao.desk.imports.store import Phase
    from yumiao.desk.workbook.checking import FORMS, Incoming
    from yumiao.sheets.reading import Unreadable, read_content

    upload.put_state(Phase.READING)
    try:
        workbook = read_content(upload.content(), upload.meta.name)
    except Unreadable as error:
        upload.put_state(Phase.UNREADABLE, reason=str(error))
        return None
    titles = [form.title for form in FORMS]
    if not set(titles) & set(workbook.sheets):
        upload.put_state(Phase.UNREADABLE, reason=_no_sheet_said(titles, list(workbook.sheets)))
        return None
    return Incoming.of(workbook, _names(job))


def _checked(upload: Upload, incoming: Incoming, within: Scope, today: date) -> Checked:
    from yumiao.desk.imports.store import Phase
    from yumiao.desk.workbook.checking import check
    from yumiao.desk.workbook.known import read_known

    total = incoming.row_count

    def progress(done: int) -> None:
        upload.put_state(Phase.CHECKING, done=done, total=total)

    progress(0)
    return check(incoming, read_known(), today=today, within=within, progress=progress)


def _show(upload: Upload, incoming: Incoming, checked: Checked, within: Scope, job: dict[str, Any]) -> None:
    """Seal what the preview page shows, the refused rows as a workbook, and what is ready to be written.

    Names that were chosen for a workbook in which all is in order and nothing new are kept now: there will be nothing to take.
    """
    from yumiao.desk.imports.store import Phase

    preview = _preview(checked, within, _names(job))
    if checked.proposal.is_empty and not checked.faults:
        preview["are_names_kept"] = _remember(job)
    upload.write_sealed("preview", json.dumps(preview, ensure_ascii=False).encode())
    if checked.faults:
        upload.write_sealed("faults", _faulty_rows(incoming, checked))
    else:
        upload.forget("faults")
    upload.write_sealed("ready", _stamp(within) + pickle.dumps(_ready(upload, checked), pickle.HIGHEST_PROTOCOL))
    upload.put_state(Phase.PREVIEWED)


def _ready(upload: Upload, checked: Checked) -> Ready:
    from yumiao.desk.workbook.committing import Ready

    meta = upload.meta
    return Ready.of(checked, name=meta.name, digest=bytes.fromhex(meta.sha256))


def _stamp(within: Scope) -> bytes:
    """What a check holds for: this very program, these units, this day. With others the workbook is checked again."""
    roots = [(root.lo, root.hi) for root in within.roots]
    return f"yumiao {__version__} {within.day} {roots}\n".encode()


def _preview(checked: Checked, within: Scope, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    from itertools import islice

    from yumiao.desk.workbook.changes import Changes
    from yumiao.desk.workbook.naming import OpenColumns, digest_of

    changes = Changes(checked.proposal, checked.known, within)
    head = checked.known.head
    columns = [OpenColumns.of(notes, names[title]) for title, notes in checked.sheets.items()]
    return {
        "head": [head.seq, head.hash.hex(), digest_of(names)],
        "columns": [asdict(one) for one in columns if one.headers],
        "sheets": {title: {"rows": len(notes.rows), **notes.counts} for title, notes in checked.sheets.items()},
        "faults": [note.as_json() for note in checked.faults],
        "faulty_rows": len({(note.sheet, note.row) for note in checked.faults}),
        "warnings": [note.as_json() for note in checked.warnings],
        "new": [astuple(change) for change in islice(changes.new(), NEW_SHOWN)],
        "changed": [astuple(change) for change in changes.changed()],
        "units_unreadable": checked.units_unreadable,
        "is_empty": checked.proposal.is_empty,
    }


def _faulty_rows(incoming: Incoming, checked: Checked) -> bytes:
    from yumiao.desk.imports.store import scratch
    from yumiao.desk.workbook.importing import Result, write_faulty_rows

    with scratch() as folder:
        target = folder / "faults.xlsx"
        write_faulty_rows(target, Result(incoming.workbook, checked, written=False))
        return target.read_bytes()


def _take(upload: Upload, job: dict[str, Any], within: Scope, today: date) -> None:
    """Write what was made ready; where the record has moved since, or the program, the workbook is read and checked again."""
    from yumiao.desk.imports.store import Phase
    from yumiao.desk.workbook.committing import Moved, Wish, write_ready
    from yumiao.journal.acts import AlreadyDone

    def again() -> Ready:
        incoming = _read(upload, job)
        if incoming is None:
            raise Moved
        return _ready(upload, _checked(upload, incoming, within, today))

    wish = Wish(job["accept_good_rows"], job["shown"], uuid.UUID(job["once"]))
    ready = _kept(upload, within) or again()
    upload.put_state(Phase.WRITING, total=sum(sum(counts.values()) for counts in ready.counts.values()))
    try:
        seq = write_ready(ready, wish, again=again, today=today, actor=actor_of(job))
    except Moved:
        upload.put_state(Phase.MOVED)
        return
    except AlreadyDone as done:
        upload.put_state(Phase.WRITTEN, seq=done.seq)
    else:
        upload.put_state(Phase.UNCHANGED if seq is None else Phase.WRITTEN, seq=seq)
    _remember(job)


def actor_of(job: dict[str, Any]) -> Actor:
    """Who asked for it."""
    from yumiao.journal.acts import Actor

    who, label, *on_behalf_of = job["actor"]
    return Actor(uuid.UUID(who), label, tuple(map(uuid.UUID, on_behalf_of)))


def _remember(job: dict[str, Any]) -> bool:
    """Keep the names that were chosen, as an act of its own: they stay true of the office's workbooks when the import is undone.

    The import is written by then, or there is none; should this fail, the next one asks again. Whether any were chosen and hold.
    """
    from django.db import DatabaseError

    from yumiao.bylaws.naming import record_header_names

    names: dict[str, dict[str, str]] = job.get("names", {})
    if not (names and job.get("line")):
        return False
    with suppress(DatabaseError, OSError):
        seq = record_header_names(names, line=job["line"], actor=actor_of(job))
        return seq is not None or any(key for chosen in names.values() for key in chosen.values())
    return False


def _kept(upload: Upload, within: Scope) -> Ready | None:
    """What a check for the same units on the same day made ready, of the very file that lies there; else None.

    It was sealed for this upload with the installation's own key, so nobody else can have put anything in its place.
    """
    upload.content()
    kept = upload.read_sealed("ready") if upload.has("ready") else b""
    stamp = _stamp(within)
    if not kept.startswith(stamp):
        return None
    ready: Ready = pickle.loads(kept.removeprefix(stamp))  # noqa: S301 it opens only if this installation sealed it
    return ready


if __name__ == "__main__":
    main(sys.argv[1:])
