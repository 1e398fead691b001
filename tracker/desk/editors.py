"""Making editors: nobody registers; the operator makes an account, and a one-time link sets its password."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tracker.desk.access import EDITORS
from tracker.desk.refusals import Refused


@transaction.atomic
def make_editor(email: str, *, operator: bool = False) -> User:
    """The editor with this address, made if there is none. An operator may use the admin as well.

    A password that was never set stays so, under a new stamp: links given out before no longer work.
    Raises Refused for what is no e-mail address.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(f"“{email[:80]}” is not an e-mail address") from error
    user, new = User.objects.get_or_create(username=email, defaults={"email": email})
    user.is_active = user.is_staff = True
    user.is_superuser = user.is_superuser or operator
    if new or not user.has_usable_password():
        user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return user


def one_time_link(user: User) -> str:
    """An address at which `user` sets a password: once, and for PASSWORD_RESET_TIMEOUT."""
    who, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return settings.SITE_URL.rstrip("/") + reverse("desk:set_password", args=[who, token])
