"""The list of what a package holds, signed; and the check of a package by it, without database, keys or data folder.

Reads strangers' files: everything is limited, nothing is written. Must not know: Django, what the papers are about.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yumiao.press.pages import page_digest

LIST, SIGNATURE, FRONT = "manifest.json", "manifest.sig", "00_封面和目录.pdf"
READ_ME: Final = "校验说明.txt"
KIND: Final = "yumiao-dossier-1"
MOST_BYTES: Final = 400 << 20
MOST_FILES: Final = 1000
MOST_LIST: Final = 4 << 20
_OF_A_BOOK: Final = frozenset(
    {"/Type", "/Pages", "/Outlines", "/Names", "/AF", "/Metadata", "/PageMode", "/Version", "/Extensions"}
)
"""What the catalogue of a book may hold; scripts, forms and actions are none of it."""


class NoPackage(Exception):
    """The file is no package, or cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `problems` empty where everything agrees; `key`: the fingerprint it was signed with."""

    problems: tuple[str, ...]
    key: str
    pages: int
    papers: int
    digest: str


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """As it is signed and compared."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(key: bytes) -> str:
    """A public key as people compare it: sixteen signs in fours."""
    text = hashlib.sha256(key).hexdigest()[:16].upper()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def public_key(seed: bytes) -> bytes:
    """The public key that belongs to a seed of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def signed(manifest: bytes, seed: bytes) -> bytes:
    """The signature file of a list."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    said = {"key": private.public_key().public_bytes_raw().hex(), "signature": private.sign(manifest).hex()}
    return json.dumps(said, sort_keys=True).encode()


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP of these files; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def digests(files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """SHA-256 (hex) of every file by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files}


def check(content: bytes, key: str = "") -> Verdict:
    """Check a package, ZIP or bound PDF. `key`: the fingerprint it should bear. Raises `NoPackage` for what is none."""
    if content[:4] == b"PK\x03\x04":
        return _check_zip(content, key)
    if b"%PDF-" in content[:1024]:
        manifest, signature = _inside(content)
        said = _read(manifest)
        problems = [*_signed(manifest, signature, key), *_book(content, said)]
        return _verdict(problems, manifest, signature, said)
    raise NoPackage("这不是资料包：只认压缩包（ZIP）和综合资料手册（PDF）。")


def _verdict(problems: list[str], manifest: bytes, signature: bytes, said: Mapping[str, Any]) -> Verdict:
    items = said["items"]
    return Verdict(
        tuple(problems), _key_of(signature), len(said["pages"]), sum(one["kind"] == "paper" for one in items),
        hashlib.sha256(manifest).hexdigest(),
    )  # fmt: skip


def _check_zip(content: bytes, key: str) -> Verdict:
    files = _files(content)
    if LIST not in files or SIGNATURE not in files:
        raise NoPackage("压缩包里没有材料清单（manifest.json）或者签名，不是资料包或者已被改动。")
    said = _read(files[LIST])
    problems = list(_signed(files[LIST], files[SIGNATURE], key))
    labels = {one["file"]: _label(one) for one in said["items"]}
    for name, digest in sorted(said["files"].items()):
        label = labels.get(name, name)
        if name not in files:
            problems.append(f"缺少材料：{label}")
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            problems.append(f"材料已被改动：{label}")
    problems += [f"多出文件：{name}" for name in sorted(files.keys() - {LIST, SIGNATURE, READ_ME, *said["files"]})]
    return _verdict(problems, files[LIST], files[SIGNATURE], said)


def _files(content: bytes) -> dict[str, bytes]:
    """Every file of the archive, within limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise NoPackage("压缩包太大，不像资料包。")
            if len({one.filename for one in entries}) < len(entries):
                raise NoPackage("压缩包里有同名文件，已被改动。")
            return {one.filename: _unpacked(archive, one) for one in entries}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, RuntimeError, EOFError, ValueError) as error:
        raise NoPackage("压缩包不完整、已损坏或者设有密码，无法读取。") from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        found = file.read(entry.file_size + 1)
    if len(found) != entry.file_size:
        raise NoPackage("压缩包里的文件大小与目录不符，已被改动。")
    return found


def _inside(content: bytes) -> tuple[bytes, bytes]:
    """The list and the signature that a bound PDF carries."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = {}
            for name in (LIST, SIGNATURE):
                if name in pdf.attachments:
                    found[name] = pdf.attachments[name].get_file().read_bytes()
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, RuntimeError) as error:
        raise NoPackage("PDF 文件不完整、已损坏或者设有密码，无法读取。") from error
    if len(found) < 2:
        raise NoPackage("PDF 里没有材料清单，不是综合资料手册，或者清单已被去掉。")
    return found[LIST], found[SIGNATURE]


def _read(manifest: bytes) -> dict[str, Any]:
    if len(manifest) > MOST_LIST:
        raise NoPackage("材料清单太大，不像资料包。")
    try:
        said = json.loads(manifest)
        items, pages = said["items"], said["pages"]
        whole = said["kind"] == KIND and all(isinstance(one, str) for one in pages)
        whole = whole and all(
            isinstance(one["title"], str) and isinstance(one["first"], int) and isinstance(one["count"], int)
            and isinstance(one["file"], str)
            for one in items
        )  # fmt: skip
        files = said["files"]
        whole = whole and isinstance(files, dict) and all(isinstance(one, str) for one in files.values())
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoPackage("材料清单无法读取，已被改动。") from error
    if not whole:
        raise NoPackage("材料清单不是本系统的格式。")
    found: dict[str, Any] = said
    return found


def _key_of(signature: bytes) -> str:
    try:
        return fingerprint(bytes.fromhex(json.loads(signature)["key"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _signed(manifest: bytes, signature: bytes, key: str) -> Iterator[str]:
    """What is wrong with the signature."""
    try:
        said = json.loads(signature)
        public = bytes.fromhex(said["key"])
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(said["signature"]), manifest)
    except (ValueError, KeyError, TypeError, RecursionError, InvalidSignature):
        yield "签名与材料清单不符：清单已被改动"
        return
    if key and fingerprint(public) != key.strip().upper():
        yield f"签名的密钥是 {fingerprint(public)}，不是 {key.strip().upper()}：不是该县出具的"


def _book(content: bytes, said: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the pages of the book."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = [page_digest(one) for one in pdf.pages]
            beside = sorted({*pdf.Root.keys()} - _OF_A_BOOK | {*pdf.Root.get("/Names", {}).keys()} - {"/EmbeddedFiles"})
            more = sorted({*pdf.attachments} - {LIST, SIGNATURE})
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, RuntimeError, TypeError, KeyError):
        yield "手册的页无法读取，已损坏"
        return
    if beside or more:
        yield "手册里多出了页面以外的内容（脚本、表单、附件等）"
    wanted: list[str] = said["pages"]
    if found == wanted:
        return
    missing = [number for number, one in enumerate(wanted, 1) if one not in set(found)]
    added = [number for number, one in enumerate(found, 1) if one not in set(wanted)]
    if len(found) == len(wanted) and missing:
        for number in missing:
            yield f"第 {number} 页已被改动：{_where(said, number)}"
    else:
        for number in missing:
            yield f"缺少第 {number} 页：{_where(said, number)}"
        for number in added:
            yield f"现在的第 {number} 页是多出来的"
    if not missing and not added:
        yield (
            "页的次序与清单不符，或者有重复的页"
            if len(found) != len(wanted) or sorted(found) == sorted(wanted)
            else "页与清单不符"
        )


def _where(said: Mapping[str, Any], number: int) -> str:
    for one in said["items"]:
        if one["first"] <= number < one["first"] + one["count"]:
            return _label(one)
    return "封面和目录"


def _label(one: Mapping[str, Any]) -> str:
    slot = one.get("slot") or ""
    return f"{slot} {one['title']}".strip()
