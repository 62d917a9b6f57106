"""Random walks over a case: whatever is tried, in whatever order, what the handbook forbids never comes about; and the course never lies.

`YUMIAO_SEQUENCES=1000000` walks that many instead of the usual number.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.admission.walks import after, asked, ground, until
from tests.walks.world import World, broken
from yumiao.admission.case_rules import blocking, objections
from yumiao.admission.course import Course, State, course
from yumiao.admission.history import CaseFile
from yumiao.admission.path import Outcome
from yumiao.kernel.periods import add_years

SEQUENCES = int(os.environ.get("YUMIAO_SEQUENCES", "20000"))
COURSES = max(SEQUENCES // 20, 1)
ACTIONS = 14
STARTS = {step: until(step) for step in range(26)}
"""The usual case up to every step: most walks begin in the middle, or few would see the end."""


def begun(seed: int) -> World:
    """A walk's beginning; the calendar of holidays ends with 2026, so all of it is moved back by some years."""
    random = Random(seed)
    file = moved(STARTS[random.choice((0, 1, 3, 5, 6, 8, 11, 12, 14, 16, 17, 20, 21, 22, 23))], -random.randint(4, 9))
    last = max((one.on for one in file.held), default=date(2016, 1, 1))
    return World(random, last + timedelta(days=random.choice((0, 1, 30, 200))), file)


def moved(file: CaseFile, years: int) -> CaseFile:
    return replace(file, held=tuple(replace(one, on=add_years(one.on, years)) for one in file.held))


def test_whatever_is_tried_nothing_forbidden_comes_about() -> None:
    reached: Counter[int] = Counter()
    extended = cancelled = returned = 0
    for seed in range(SEQUENCES):
        world = begun(seed)
        for _ in range(ACTIONS):
            before = world.file
            world.step()
            if world.file is not before:
                assert (seed, broken(world), world.log) == (seed, [], world.log)
        reached.update(step for _who, step, _writer in world.deeds)
        extended += world.file.round == 2
        cancelled += any(one.outcome is Outcome.CANCELLED for one in world.file.all(24))
        returned += any(" back " in line for line in world.log)
    # the walks went everywhere: a walk that stays at home proves nothing
    assert set(reached) == set(range(1, 26))
    assert min(extended, cancelled, returned) > SEQUENCES // 2000


def somewhere(seed: int) -> World:
    world = begun(seed)
    for _ in range(world.random.randint(0, 10)):
        world.step()
    return world


def open_steps(ahead: Course) -> list[int]:
    return [one.step.number for one in ahead.steps if one.state in (State.NOW, State.SOON) and one.earliest is not None]


def test_every_day_the_course_names_is_lawful_when_it_comes() -> None:
    tried = 0
    for seed in range(COURSES):
        world = somewhere(seed)
        ahead = course(world.file, world.ground)
        for number in open_steps(ahead):
            on = ahead.of(number).earliest
            assert on is not None
            then = ground(max(world.today, on))
            one = asked(number, on, **agreed(world.file, number))
            found = [(said.rule, said.text) for said in blocking(objections(world.file, one, then))]
            assert (seed, number, found) == (seed, number, [])
            tried += 1
    assert tried > COURSES


def agreed(file: CaseFile, number: int) -> dict[str, object]:
    """An approval says what the branch said."""
    said = file.last(23)
    if number == 24 and said is not None and said.outcome is not None:
        return {"outcome": said.outcome, "months": said.months}
    return {}


def test_a_day_before_the_one_the_course_names_is_refused() -> None:
    for seed in range(COURSES):
        world = somewhere(seed)
        ahead = course(world.file, world.ground)
        for number in open_steps(ahead):
            first = ahead.of(number)
            if number in (1, 22) or first.earliest is None or number == 6:
                continue  # an early application for confirmation needs a reason only; inspections may share a day
            one = asked(number, first.earliest - timedelta(days=1), **agreed(world.file, number))
            assert (seed, number, blocking(objections(world.file, one, ground(world.today))) != []) == (
                seed,
                number,
                True,
            )


def test_who_waits_for_the_days_foretold_finds_each_of_them_lawful() -> None:
    for seed in range(COURSES // 4):
        world = somewhere(seed)
        file, today = world.file, world.today
        if file.waiting or any(not one.is_passed for one in file.held) or file.round > 1:
            continue
        foretold = {one.step.number: one.earliest for one in course(file, ground(today)).steps if one.earliest}
        for _ in range(40):
            ahead = course(file, ground(today))
            ready = open_steps(ahead)
            if not ready:
                break
            number = min(ready, key=lambda one: (ahead.of(one).earliest or date.max, one))
            on = ahead.of(number).earliest
            assert on is not None
            day = max(on, foretold.get(number, on))
            today = max(today, day)
            one = asked(number, day, **agreed(file, number))
            assert (seed, number, blocking(objections(file, one, ground(today)))) == (seed, number, [])
            file = after(file, one)


def test_a_past_day_that_moves_later_never_brings_a_future_one_nearer() -> None:
    for seed in range(COURSES):
        world = somewhere(seed)
        if not world.file.held:
            continue
        place = world.random.randrange(len(world.file.held))
        held = world.file.held[place]
        later = replace(held, on=held.on + timedelta(days=world.random.choice((1, 1, 2, 17, 28, 200))))
        if later.on > world.today:
            continue
        other = replace(world.file, held=(*world.file.held[:place], later, *world.file.held[place + 1 :]))
        now, then = course(world.file, world.ground), course(other, world.ground)
        nearer = [
            one.step.number
            for one, two in zip(now.steps, then.steps, strict=True)
            if one.earliest is not None and two.earliest is not None and two.earliest < one.earliest
        ]
        assert (seed, held.step, nearer) == (seed, held.step, [])
