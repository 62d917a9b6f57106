"""No identity or telephone number of a thousand people stands in clear anywhere that outlives a command, nor as a hash anybody could try out."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells, everybody

pytestmark = [pytest.mark.db, pytest.mark.slow]

MEMBERS, OTHERS = 700, 300


def numbers() -> list[str]:
    people = everybody(MEMBERS, OTHERS)
    return [number for one in people for number in (one.number, one.phone, one.former)]


def needles() -> dict[int, set[bytes]]:
    """Every form to look for, by length."""
    found: dict[int, set[bytes]] = defaultdict(set)
    for number in numbers():
        plain = number.encode()
        digests = [hashlib.new(name, plain) for name in ("md5", "sha1", "sha256", "sm3")]
        forms = [plain, number.encode("utf-16-le"), plain.hex().encode()]
        # base64 of the number at each of the three places it can begin at, without the letters its neighbours share
        forms += [base64.b64encode(bytes(shift) + plain)[4 * (shift > 0) : -4] for shift in range(3)]
        forms += [form for digest in digests for form in (digest.digest(), digest.hexdigest().encode())]
        for form in forms:
            found[len(form)].add(form)
    return found


FORMS = needles()


def shown(content: bytes) -> list[bytes]:
    """The forms that stand in `content`."""
    return [
        content[at : at + length]
        for length, forms in FORMS.items()
        for at in range(len(content) - length + 1)
        if content[at : at + length] in forms
    ]


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> Iterator[tuple[Place, str]]:
    folder = tmp_path_factory.mktemp("clear")
    # a telephone number in the name of the file is what a hurried clerk does
    name = f"{everybody(1, 0)[0].phone}.xlsx"
    workbook = as_file(folder / name, cells(MEMBERS, OTHERS))
    with place(folder / "data") as here:
        done = here.run("import", workbook, "--report", "json")
        assert (done.returncode, here.counts()) == (0, (1, MEMBERS + OTHERS))
        yield here, done.stdout + done.stderr


def test_the_search_finds_what_it_looks_for() -> None:
    number = numbers()[4]
    for hidden in (
        number.encode(),
        number.encode("utf-16-le"),
        base64.b64encode(b"abcd" + number.encode() + b"xyz"),
        hashlib.sha256(number.encode()).hexdigest().encode(),
        hashlib.md5(number.encode(), usedforsecurity=False).digest(),
    ):
        assert shown(b"before" + hidden + b"after") != []


def test_no_file_of_the_data_folder_shows_a_number(imported) -> None:
    here, _ = imported
    files = [file for file in here.folder.rglob("*") if file.is_file()]
    assert {"profile", "head", "1.key"} <= {file.name for file in files}
    assert [(file.name, found) for file in files if (found := shown(file.read_bytes()))] == []


def test_no_value_of_any_table_shows_a_number(imported) -> None:
    here, _ = imported
    if here.url:
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    names = [name for (name,) in here.rows(tables)]
    assert {"journal_entry", "journal_importedrow", "journal_reading", "people_personsecret"} <= set(names)
    for name in names:
        content = "\n".join(str(row) for row in here.rows(f'SELECT * FROM "{name}"')).encode()
        assert shown(content) == [], name


def test_no_output_shows_a_number(imported) -> None:
    _, output = imported
    assert '"written": true' in output
    assert shown(output.encode()) == []


def test_a_faulty_row_is_told_without_its_number(tmp_path: Path) -> None:
    sheets = cells(20, 0)
    header, rows = sheets["党员"]
    bad = [(row[0][:17] + ("1" if row[0][17] != "1" else "2"), *row[1:]) for row in rows[:5]]
    workbook = as_file(tmp_path / "county.xlsx", sheets | {"党员": (header, bad + rows[5:])})
    with place(tmp_path / "data") as here:
        for form in ("text", "json"):
            done = here.run("import", workbook, "--report", form)
            assert done.returncode == 1
            assert not [row[0] for row in bad if row[0] in done.stdout + done.stderr]
            assert shown((done.stdout + done.stderr).encode()) == []
