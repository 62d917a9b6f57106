"""The header of a backup that nobody has proved yet: whatever stands there, it is a header or it is refused."""

from __future__ import annotations

import io

import pytest

from yumiao.config.backup.container import LONGEST_HEADER, MAGIC, Unusable, read_header

SAID = b'{"format": 1, "salt": "00ff", "key": 1, "keys": {"1": "ab"}}'


def file(header: bytes, *, length: int | None = None) -> io.BytesIO:
    return io.BytesIO(MAGIC + (len(header) if length is None else length).to_bytes(4) + header)


def test_a_header_is_read_as_it_stands() -> None:
    header, said = read_header(file(SAID))
    assert (header, said["keys"]) == (SAID, {"1": "ab"})


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xff" + SAID,
        b"[]",
        b"[" * 100_000,
        SAID.replace(b'"format": 1', b'"format": Infinity'),
        SAID.replace(b'"key": 1', b'"key": null'),
        SAID.replace(b'"1": "ab"', b'"first": "ab"'),
        SAID.replace(b'"ab"', '"é"'.encode()),
        SAID.replace(b'"ab"', b"7"),
        SAID.replace(b'{"1": "ab"}', b"[]"),
        SAID.replace(b'"00ff"', b'"salt"'),
    ],
)
def test_a_header_that_is_none_is_a_damaged_file(header: bytes) -> None:
    with pytest.raises(Unusable, match="已损坏或不完整"):
        read_header(file(header))


def test_a_header_shorter_or_longer_than_it_says_is_refused() -> None:
    for wrong in (file(SAID[:-1], length=len(SAID)), file(b" " * LONGEST_HEADER + SAID)):
        with pytest.raises(Unusable, match="已损坏或不完整"):
            read_header(wrong)
    with pytest.raises(Unusable, match="不是育苗的备份文件"):
        read_header(io.BytesIO(b"PK\x03\x04"))
