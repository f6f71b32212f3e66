"""What the account pages ask for. A form asks; it does not decide."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offramp.actions import sign_in
from offramp.pages.account.adapter import CODE_NOT_RIGHT
from offramp.pages.account.banner import version
from offramp.pages.components.words import shown
from offramp.records.agency import Agency, Team
from offramp.rules.duties import CARDS
from offramp.rules.plain_words import ROLES
from offramp.rules.words import Role


class Agrees(forms.Form):
    """Whoever signs in agrees to the notice that was on the page: this very version of it."""

    banner = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_banner(self) -> str:
        if self.cleaned_data["banner"] != version():
            raise ValidationError(_("The notice has changed. Read it again, then sign in."))
        return self.cleaned_data["banner"]


class SignIn(Agrees, LoginForm):
    """E-mail address and password."""

    field_order = ["banner", "login", "password"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self.fields["banner"].initial = version()
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = _("E-mail address"), _("Password"), ""
        login.widget.attrs = {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.widget.attrs = {"autocomplete": "current-password"}


class SignInByPasskey(Agrees, LoginWebAuthnForm):
    """One touch."""


class SecondStep(AuthenticateForm):
    """The code from the app, or a recovery code. A wrong code is a wrong try, like a wrong password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code from your app")
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        self.user.refresh_from_db()
        if not sign_in.may_come_in(user=self.user, at=timezone.now()):
            raise ValidationError(CODE_NOT_RIGHT)
        return super().clean_code()

    def _emit_authentication_failed(self, authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        tried = {"username": self.user.email}
        user_login_failed.send(sender=type(self), credentials=tried, request=context.request)


class NewPassword(forms.Form):
    """A password of one's own choosing, typed once: it can be shown, so it need not be typed twice (WCAG 3.3.8)."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words in a row, with spaces, is best. Pasting is fine."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class ChangePassword(NewPassword):
    """The old one first."""

    old = forms.CharField(
        label=_("Password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password"]

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("This is not your password."))
        return self.cleaned_data["old"]


class _Day(forms.DateField):
    def __init__(self, **kwargs):
        shown = forms.DateInput(format="%m/%d/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%m/%d/%Y"], widget=shown, **kwargs)


CLEARED = {
    "label": _("Background check done on"),
    "help_text": _("Month/day/year. Police roles can not work before it is on file."),
}


class NewJob(forms.Form):
    """What somebody is, in the administrator's own agency."""

    role = forms.ChoiceField(label=_("Role"))
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, shown(ROLES[role])) for role in CARDS]
        self.fields["team"].queryset = Team.objects.standing().filter(agency=agency).order_by("name")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewAccount(NewJob):
    """Somebody new, with their first job."""

    name = forms.CharField(label=_("Name, as colleagues say it"), max_length=80)
    email = forms.EmailField(label=_("E-mail address at work"), max_length=254)
    badge = forms.CharField(label=_("Badge or staff number"), max_length=20, required=False)
    cleared_on = _Day(**CLEARED)
    field_order = ["name", "email", "badge", "role", "team", "cleared_on"]


class Clearance(forms.Form):
    """The date of the background check."""

    on = _Day(**CLEARED)
