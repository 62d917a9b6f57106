"""The one place that knows which day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from yumiao.config.folder import Profile
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.kernel.periods import today_in_china


def today(profile: Profile) -> date:
    """The business day in Asia/Shanghai; the demo county has its own, fixed one."""
    return DEMO_DAY if profile is Profile.DEMO else today_in_china(datetime.now(UTC))
