"""What the tests of sign-in share: signing in by hand, codes of the authenticator app."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse
from tests.web.kota import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client, account, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": account, "password": password, **more})


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_totp(user):
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user)


def prove(client, password=PASSWORD):
    """Type the password once more, as pages about the safety of an account ask."""
    assert client.post(reverse("account_reauthenticate"), {"password": password}).status_code == 302
