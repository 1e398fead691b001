"""What readers type: an address. What subscribers choose: which warnings, how often, when."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

from tracker.alerts import zones
from tracker.alerts.models import RUNGS, Subscription


class AddressField(forms.EmailField):
    """An e-mail address; a domain in another script becomes its ASCII form, so that each address has one spelling."""

    default_error_messages: ClassVar = {
        "required": "Write an e-mail address.",
        "invalid": "That is not an e-mail address.",
    }

    def to_python(self, value: object) -> str:
        """The address with its domain in lower case and ASCII. Raises ValidationError for what is none."""
        address = str(super().to_python(value) or "")
        local, at, domain = address.rpartition("@")
        # A quoted name (RFC 5321, 4.1.2) may hold spaces and control characters. Nobody has one; senders of spam do.
        if '"' in local:
            raise ValidationError("That is not an e-mail address.")
        if at and "." not in domain:  # root@localhost, which Django lets through, is our own machine
            raise ValidationError("That is not an e-mail address.")
        try:
            return f"{local}{at}{punycode(domain).lower()}"
        except UnicodeError as error:
            raise ValidationError("That is not an e-mail address.") from error


class AddressForm(forms.Form):
    """The address that follows something, or asks for its own page."""

    address = AddressField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ChoiceForm(forms.Form):
    """Which warnings, and how often."""

    rung = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        choices=[(rung, rung) for rung in RUNGS],
        error_messages={"invalid_choice": "Choose among 90, 30, 7 and 1 days before, and the lapse."},
    )
    cadence = forms.ChoiceField(
        required=False,
        choices=Subscription.Cadence.choices,
        error_messages={"invalid_choice": "Choose at once, daily or weekly."},
    )


_NO_ZONE = "Choose a time zone of the list."


class ClockForm(forms.Form):
    """The hour of a digest, in the subscriber's own time zone."""

    time_zone = forms.CharField(max_length=40, error_messages=dict.fromkeys(("required", "max_length"), _NO_ZONE))
    hour = forms.TypedChoiceField(
        coerce=int,
        choices=[(hour, f"{hour}:00") for hour in range(24)],
        error_messages={"invalid_choice": "Choose an hour from 0 to 23.", "required": "Choose an hour."},
    )

    def clean_time_zone(self) -> str:
        """A name that both Python and PostgreSQL know. Raises ValidationError."""
        name = str(self.cleaned_data["time_zone"])
        if name not in zones.known():
            raise ValidationError(_NO_ZONE)
        return name


class PauseForm(forms.Form):
    """A day, or nothing to go on at once."""

    until = forms.DateField(
        required=False, error_messages={"invalid": "Write a day such as 2026-12-31, or leave it empty to go on."}
    )
