"""What readers type: an address."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.encoding import punycode


class AddressField(forms.EmailField):
    """An e-mail address; a domain in another script becomes its ASCII form, so that each address has one spelling."""

    def to_python(self, value: object) -> str:
        """The address with its domain in lower case and ASCII. Raises ValidationError for what is none."""
        address = str(super().to_python(value) or "")
        local, at, domain = address.rpartition("@")
        if at and "." not in domain:  # root@localhost, which Django lets through, is our own machine
            raise ValidationError("That is not an e-mail address.")
        try:
            return f"{local}{at}{punycode(domain).lower()}"
        except UnicodeError as error:
            raise ValidationError("That is not an e-mail address.") from error


class FollowForm(forms.Form):
    """Where to write to; what is followed comes along hidden."""

    topic = forms.CharField(max_length=12, widget=forms.HiddenInput)
    slug = forms.CharField(max_length=200, required=False, strip=False, widget=forms.HiddenInput)
    address = AddressField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Write an e-mail address.", "invalid": "That is not an e-mail address."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "aria-describedby": "follow-help"}),
    )


class AddressForm(forms.Form):
    """The address that asks for its own page."""

    address = AddressField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PauseForm(forms.Form):
    """A day, or nothing to go on at once."""

    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
