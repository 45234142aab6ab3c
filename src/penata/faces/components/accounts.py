"""How the accounts library behaves here: nobody signs up; accounts are given by the administrator."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from penata.foundation.access.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given, not taken."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens accounts that exist, matched by NIP or username; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are given, not taken."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the account of the same username or NIP, once."""
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        claims = data.get("userinfo", data)
        names = {str(claims[key]) for key in ("nip", "preferred_username") if claims.get(key)}
        found = User.objects.filter(username__in=names, is_active=True) | User.objects.filter(
            nip__in=names, is_active=True
        )
        if len(accounts := list(found.distinct()[:2])) == 1:
            sociallogin.connect(request, accounts[0])
