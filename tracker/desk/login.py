"""Logging in and out, and setting a password by the one-time link."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import views as auth
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from tracker.desk import attempts
from tracker.networks import asker


class Login(auth.LoginView):
    """/desk/login/. The only place of the site that starts a session."""

    template_name = "registration/login.html"
    next_page = "desk:inbox"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        again = attempts.too_many(asker(request), request.POST.get("username", ""), now=timezone.now())
        if again is not None:
            answer = render(request, "registration/too_many.html", {"again": again}, status=429)
            answer["Retry-After"] = str(max(1, int((again - timezone.now()).total_seconds())))
            return answer
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        attempts.forget(asker(self.request), self.request.POST.get("username", ""))
        return super().form_valid(form)


class Logout(auth.LogoutView):
    """/desk/logout/, by POST."""

    next_page = "desk:login"


@method_decorator(never_cache, name="dispatch")
class SetPassword(auth.PasswordResetConfirmView):
    """/desk/password/<who>/<token>/: works once, because the token depends on the password that it
    replaces.
    """

    template_name = "registration/set_password.html"
    post_reset_login = True
    success_url = reverse_lazy("desk:inbox")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, **kwargs, status=200 if context.get("validlink") else 410)


def admin_login(request: HttpRequest) -> HttpResponseBase:
    """The admin has no login of its own: its form would not count how often a password is tried."""
    if request.user.is_authenticated:
        raise PermissionDenied("Only operators of this site may use the admin; editors work at /desk/.")
    after = request.GET.get("next", reverse("admin:index"))
    return redirect(f"{reverse('desk:login')}?{urlencode({'next': after})}")
