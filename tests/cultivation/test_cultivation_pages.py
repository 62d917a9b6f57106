"""Helpers changed, inspections and training of many at once, through their pages: one act, each by himself judged, who may not is named."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import VILLAGE, Cast, cast
from tests.cultivation.held import case_of
from yumiao.admission.asked import Asked
from yumiao.admission.models import Case, StepDetail, StepRecord
from yumiao.admission.path import Outcome
from yumiao.admission.path_2014 import TERMS_2014 as TERMS
from yumiao.admission.step_services import record_step
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.proof import findings
from yumiao.journal.acts import act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Tie

__all__ = ["cast"]
pytestmark = pytest.mark.db
