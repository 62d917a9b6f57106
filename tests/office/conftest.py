"""LibreOffice, to open what the product writes as an office would; where there is none the tests are skipped by name.

`YUMIAO_REQUIRE` naming `office` makes the lack of one a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

PATIENCE = 120  # seconds for all files of one call
READ_AGAIN, PRINTED = "xlsx", "pdf"


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice with a profile of its own, which is thrown away."""

    program: str
    folder: Path

    def opened(self, *files: Path) -> list[Workbook]:
        """What LibreOffice took each workbook to be, as it saves it again."""
        return [openpyxl.load_workbook(BytesIO(content)) for content in self._converted(READ_AGAIN, files)]

    def printed(self, *files: Path) -> list[PdfReader]:
        """The pages each would come out of the printer as."""
        return [PdfReader(BytesIO(content)) for content in self._converted(PRINTED, files)]

    def _converted(self, form: str, files: Sequence[Path]) -> list[bytes]:
        made = self.folder / form
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [self.program, profile, "--headless", "--norestore", "--convert-to", form, "--outdir", str(made)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=PATIENCE)
        return [(made / file.with_suffix(f".{form}").name).read_bytes() for file in files]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    program = shutil.which("soffice")
    if program is None:
        reason = "LibreOffice (soffice) is not installed; on Debian: apt-get install libreoffice-calc"
        if "office" in os.environ.get("YUMIAO_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    return Office(program, tmp_path_factory.mktemp("office"))
