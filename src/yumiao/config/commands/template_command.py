"""`yumiao template`: a blank county workbook."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao import __version__
from yumiao.desk.workbook.checking import FORMS
from yumiao.sheets.writing import write_template


def run(options: Namespace) -> int:
    write_template(options.file, FORMS, version=__version__)
    print(_("空白工作簿已写到 {path}。").format(path=options.file))
    return 0
