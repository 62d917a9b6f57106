"""Accounts: who acts; appointments: as what, where, from when until when.

Appointments, delegations and tokens are dated facts. Accounts, login sessions, second factors, secrets of tokens and the limiter's windows change in
place: they are means, no record.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from yumiao.access.permissions import ROLE_LABELS, Role
from yumiao.access.sections import Section
from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Lasting, Timeline
from yumiao.units.models import Unit

OPERATOR = "operator"  # the account a command line acts as


class AccountManager(BaseUserManager["Account"]):
    """Looking up by the name somebody types, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Somebody, or the command line, that can be named as the author of an act; `person_uid` where it is a person of the county's own."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60)
    person_uid = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="one_account_a_username")]


class Appointment(Lasting):
    """An account in a role at a unit over a time: rights end by date, not by memory."""

    timeline = Timeline(by=("account", "role", "unit"))

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments", db_index=False)
    role = models.CharField(max_length=30, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["account", "role", "unit"], condition=LIVE_OPEN, name="one_open_appointment_a_post"
            ),
            # separation of powers: of system, security and audit nobody is ever two at once
            models.UniqueConstraint(
                fields=["account"],
                condition=LIVE_OPEN & models.Q(role__in=sorted(role.value for role in Role if role.is_administrator)),
                name="one_administrator_role_an_account",
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["account", "since"], condition=LIVE, name="appointment_account"),
        ]


class Delegation(Lasting):
    """Somebody's appointment that another account acts by for a time, as far as `permissions` go, words as those of `Token`.

    It is taken back by a row that ends earlier. It counts only while the giver holds the appointment himself.
    """

    timeline = Timeline(by=("giver", "role", "unit"))

    uid = models.UUIDField(default=uuid.uuid4)
    giver = models.ForeignKey(Account, models.PROTECT, related_name="delegations", db_index=False)
    role = models.CharField(max_length=30, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Account, models.PROTECT, related_name="delegations_held", db_index=False)
    permissions = models.CharField(max_length=1000)
    reason = models.CharField(max_length=200)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_delegation_a_uid"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("delegate")), name="delegation_to_another"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["giver", "since"], condition=LIVE, name="delegation_giver"),
            models.Index(fields=["delegate", "since"], condition=LIVE, name="delegation_delegate"),
        ]


class Grant(Lasting):
    """Need-to-know beside the subtree: an account may read one section of what the app above ties the grant to, for a purpose, until its end.

    `ends_at`: the moment it ends, in seconds since 1970, of one taken in an emergency (`is_emergency`); revoked by being struck.
    """

    uid = models.UUIDField(default=uuid.uuid4)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", db_index=False)
    section = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Section])
    purpose = models.CharField(max_length=200)
    granted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    is_emergency = models.BooleanField(default=False)
    ends_at = models.BigIntegerField(null=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_grant_a_uid"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["account", "until"], condition=LIVE, name="grant_account"),
        ]


class Token(Fact):
    """A grant to a machine: what of an account's rights it may use, in the subtree of a unit, from `since` up to, but without, `until`.

    It is revoked by being struck. `permissions` are words of `permissions.Permission` with a space between them.
    """

    uid = models.UUIDField(default=uuid.uuid4)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    permissions = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], name="one_token_a_uid"),
            models.CheckConstraint(condition=models.Q(since__lt=models.F("until")), name="token_since_before_until"),
        ]


class TokenSecret(models.Model):
    """By what a token is known, and when it was last used; gone when it is revoked, and in no backup, so a restored token opens nothing.

    SHA-256 alone keeps a secret of 32 random bytes: there is nothing to guess.
    """

    token = models.OneToOneField(Token, models.CASCADE, related_name="secret")
    digest = models.BinaryField(max_length=32, unique=True)
    used_at = models.DateTimeField(null=True)


class LoginSession(AbstractBaseSession):
    """Somebody signed in at one browser; gone when it is ended. `seen_at` moves at most once a minute."""

    uid = models.UUIDField(default=uuid.uuid4)  # names it on a page, where its key must not stand
    account = models.ForeignKey(Account, models.CASCADE, related_name="login_sessions", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    browser = models.CharField(max_length=100, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        from yumiao.access.sessions import SessionStore

        return SessionStore


class SecondFactor(models.Model):
    """The sealed secret of somebody's one-time passwords; `last_step` is the latest time step a code was taken from, so none counts twice."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="second_factor")
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code that stands in for the second factor, once; only its keyed digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    keyed = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A one-time code with which somebody sets the password of an account, the first one or a new one; only its keyed digest is kept."""

    class Kind(models.TextChoices):
        OPENING = "opening", "开户"
        RESET = "reset", "重置登录"

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    keyed = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RateWindow(models.Model):
    """How often something was tried since `since_at`: by account, by source, by both; the key is a keyed digest, no name and no address."""

    kind = models.CharField(max_length=20)
    keyed = models.BinaryField(max_length=32)
    since_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "keyed"], name="one_window_a_key")]
        indexes = [models.Index(fields=["since_at"], name="rate_window_since")]
