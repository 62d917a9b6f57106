"""Passwords: how they are hashed, which are refused."""

from __future__ import annotations

import threading
import time

import pytest

pytestmark = pytest.mark.db


def account():
    from yumiao.access.models import Account

    return Account(username="wei-xiaohe", display_name="韦小禾")


@pytest.mark.parametrize(
    "password",
    ["四月的稻田里有三只白鹭", "qvxz plmt wo", "八月十五去岭上看月亮吧", " leading-space-is-kept", "x7" + "yq4" * 42],
)
def test_long_ones_nobody_would_guess_are_taken(password):
    from yumiao.access.passwords import faults

    assert faults(password, account()) == []


@pytest.mark.parametrize(
    "password, fault",
    [
        ("九个字符的密码太短", "密码至少 10 个字符，可以用一句话。"),
        ("wei-xiaohe2026", "密码不能含有本人姓名、登录名或本系统的名称。"),
        ("WEI-XIAOHE2026", "密码不能含有本人姓名、登录名或本系统的名称。"),
        ("我的名字就叫韦小禾呀", "密码不能含有本人姓名、登录名或本系统的名称。"),
        ("yumiao-yumiao", "密码不能含有本人姓名、登录名或本系统的名称。"),
        ("育苗育苗开心开心好啊", "密码不能含有本人姓名、登录名或本系统的名称。"),
        ("1234567890", "这个密码太常见，容易被猜中。"),
        ("qwertyuiop", "这个密码太常见，容易被猜中。"),
        ("ababababcab", "密码不能只用两三个字符重复组成。"),
        ("长" * 129, "密码最多 128 个字符。"),
    ],
)
def test_others_are_refused_with_the_reason(password, fault):
    from yumiao.access.passwords import faults

    assert fault in faults(password, account())


def test_a_hash_is_argon2id_of_two_passes_over_46_mebibytes_in_one_lane():
    from yumiao.access.passwords import BoundedArgon2

    encoded = BoundedArgon2().encode("四月的稻田里有三只白鹭", "saltsaltsalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert BoundedArgon2().verify("四月的稻田里有三只白鹭", encoded)


def test_no_more_than_two_are_hashed_at_once(monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from yumiao.access.passwords import BoundedArgon2

    running, most, lock = 0, 0, threading.Lock()

    def slow(self, password, salt):
        nonlocal running, most
        with lock:
            running, most = running + 1, max(most, running + 1)
        time.sleep(0.02)
        with lock:
            running -= 1
        return "x"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    threads = [threading.Thread(target=BoundedArgon2().encode, args=("p", "s")) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == 2


def test_who_waits_too_long_for_a_turn_is_told_to_come_back(client, monkeypatch, settings):
    from yumiao.access import passwords

    settings.PASSWORD_HASHERS = ["yumiao.access.passwords.BoundedArgon2"]
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._turn(), passwords._turn():
        answer = client.post("/login/", {"username": "wei-xiaohe", "password": "四月的稻田里有三只白鹭"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_a_hash_of_former_strength_is_renewed_at_the_next_sign_in(client, settings):
    from yumiao.access.models import Account

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    made = account()
    made.set_password("四月的稻田里有三只白鹭")
    made.save()
    settings.PASSWORD_HASHERS = [
        "yumiao.access.passwords.BoundedArgon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    client.post("/login/", {"username": "wei-xiaohe", "password": "四月的稻田里有三只白鹭"})
    assert Account.objects.get().password.startswith("argon2$argon2id$")
    assert client.get("/account/").status_code == 200
