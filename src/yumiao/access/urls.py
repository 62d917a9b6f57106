"""Addresses."""

from django.urls import path

from yumiao.access.views import (
    accounts,
    appointing,
    delegations,
    invitation,
    own_account,
    second_factor,
    sign_in,
    tokens,
)

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("login/code/", second_factor.second_factor, name="second_factor"),
    path("login/enrol/", second_factor.enrol, name="enrol"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("confirm/", second_factor.confirm, name="confirm"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("account/", own_account.own_account, name="own_account"),
    path("account/password/", own_account.own_password, name="own_password"),
    path("account/recovery-codes/", own_account.recovery_codes, name="recovery_codes"),
    path("account/sessions/end/", own_account.end_sessions, name="end_sessions"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.new_token, name="token_new"),
    path("account/tokens/<uuid:uid>/revoke/", tokens.revoke, name="token_revoke"),
    path("account/delegations/", delegations.delegations, name="delegations"),
    path("account/delegations/new/", delegations.lend, name="delegation_new"),
    path("account/delegations/<uuid:delegation>/end/", delegations.end_delegation, name="delegation_end"),
    path("account/theme/", own_account.theme, name="theme"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/invite/", appointing.invite_account, name="invite"),
    path("accounts/<uuid:uid>/", accounts.account, name="account"),
    path("accounts/<uuid:uid>/appoint/", appointing.appoint_account, name="appoint"),
    path("accounts/<uuid:uid>/appointments/<int:appointment>/end/", accounts.end, name="end_appointment"),
    path("accounts/<uuid:uid>/appointments/<int:appointment>/renew/", accounts.renew, name="renew_appointment"),
    path("accounts/<uuid:uid>/delegations/new/", delegations.lend_for, name="lend_for"),
    path(
        "accounts/<uuid:uid>/delegations/<uuid:delegation>/end/",
        delegations.end_delegation_for,
        name="end_delegation_for",
    ),
    path("accounts/<uuid:uid>/suspend/", accounts.login_deed, {"of": accounts.SUSPENSION}, name="suspend_account"),
    path("accounts/<uuid:uid>/restore/", accounts.login_deed, {"of": accounts.RESTORATION}, name="restore_account"),
    path("accounts/<uuid:uid>/reset/", accounts.login_deed, {"of": accounts.RESET}, name="reset_login"),
    path("accounts/<uuid:uid>/tokens/<uuid:token>/revoke/", accounts.revoke_account_token, name="account_token_revoke"),
    path("accounts/<uuid:uid>/renew/", accounts.renew_account, name="renew_invitation"),
]
