"""The ground the tests stand on: no network, a data folder that nobody else uses, launcher figures that add up."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.test import summarise


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_another_machine_cannot_be_reached(address: tuple[str, int]) -> None:
    with pytest.raises(RuntimeError, match="do not use the network"):
        socket.create_connection(address, timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as caller:
        assert caller.getpeername() == listener.getsockname()


def test_the_data_folder_is_closed_to_others() -> None:
    assert stat.S_IMODE(Path(os.environ["YUMIAO_DATA"]).stat().st_mode) == 0o700


def cases(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<suite>{text}</suite>").iter("testcase"))


def test_a_test_that_failed_and_whose_clean_up_broke_counts_once() -> None:
    twice = cases(
        '<testcase classname="a" name="b" time="1"><failure/></testcase>'
        '<testcase classname="a" name="b" time="1"><error/></testcase>'
        '<testcase classname="a" name="c" time="0.5"><skipped/></testcase>'
        '<testcase classname="a" name="d" time="0.5"/>'
    )
    stage = summarise("pure", twice, seconds=3.0, broke_off=True)
    assert str(stage) == "pure: 1 passed, 1 failed, 1 skipped in 3.0 s; slowest 2.0 s a::b"


def test_a_run_that_found_no_test_has_failed() -> None:
    assert summarise("pure", [], seconds=0.1, broke_off=True).failed == 1
