"""Who may use the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

EDITORS = "editors"
P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of somebody who may edit."""

    user: User


Guarded = Callable[Concatenate[Any, P], HttpResponseBase]


def is_editor(user: User | AnonymousUser) -> bool:
    """Whether somebody is an editor: a member of the group, or an operator."""
    return user.is_active and (user.is_superuser or user.groups.filter(name=EDITORS).exists())


def for_editors(view: Callable[Concatenate[DeskRequest, P], HttpResponse]) -> Guarded[P]:
    """Decorator for a view of the desk: anybody else logs in first, or is answered 403. Never cached."""

    @never_cache
    @wraps(view)
    def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            after = request.get_full_path() if request.method == "GET" else reverse("desk:inbox")
            return redirect_to_login(after, reverse("desk:login"))
        if not is_editor(request.user):
            raise PermissionDenied("Only editors may use the desk. Ask the operator of this site to make you one.")
        return view(request, *args, **kwargs)

    return cast("Guarded[P]", guarded)
