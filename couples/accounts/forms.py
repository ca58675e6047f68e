"""What a person may submit about their account."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from couples import formats, languages
from couples.accounts import choices, passwords, rules
from couples.accounts.addresses import BadAddress, canonical
from couples.accounts.services_passwords import Known, Wish
from couples.accounts.zone_guess import zone_for
from couples.press_field import PressField
from couples.settings import Settings
from couples.text import clean_line

NAME_LONGEST = 60
CODE_DIGITS = 6
ADD_PASSWORD = _l("Add your password")


class AddressField(EmailField):  # type: ignore[misc]
    """One email address, in the spelling letters are sent to."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no address, with what to change."""
        try:
            self.data: Any = canonical(self.data or "")
        except BadAddress as problem:
            raise ValidationError(problem.args[0]) from problem


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password."""

    address = StringField(_l("Email"))
    password = PasswordField(_l("Password"))
    keep = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("For thirty days. Leave it off on a device others use."),
    )


class AddressForm(FlaskForm):  # type: ignore[misc]
    """An address a letter goes to."""

    address = AddressField(_l("Email"))
    draft = PressField()


class AboutFields:
    """Name, language and time zone."""

    name = StringField(_l("First name"), filters=[clean_line])
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice(one, name, {"lang": one}) for one, name in choices.LANGUAGES.items()],
        default=lambda: languages.language_of(get_locale()),
        invalid_choice_message=_l("Choose a language from the list"),
    )
    zone = SelectField(_l("Time zone"), validate_choice=False)

    def offer_zones(self) -> None:
        """Fill the list of zones."""
        places = [
            # A device may know its zone by an older name only.
            SelectChoice(name, shown, {"data-also": " ".join(older)} if older else {}, region)
            for region, name, shown in choices.zones(self.zone.data or "")
            for older in [formats.older_names(name)]
        ]
        self.zone.choices = [SelectChoice("", _l("Choose the place nearest to you")), *places]

    def validate_name(self, field: StringField) -> None:
        """Ask for a name of at most sixty characters."""
        if not field.data:
            raise ValidationError(_l("Add the name you go by"))
        if len(field.data) > NAME_LONGEST:
            raise ValidationError(_l("Use 60 characters or fewer"))

    def validate_zone(self, field: SelectField) -> None:
        """Accept zones of the list only."""
        if field.data not in choices.zone_names():
            raise ValidationError(_l("Choose a time zone from the list"))


class NewPassword:
    """A new password, checked against everything anybody would try first."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password of 10 characters or more"))],
        description=_l("10 characters or more. Several words in a row are good."),
    )
    knows: Known

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is short, too long, common or about its person."""
        sentence = what_is_wrong(field.data or "", self.own_words())
        if sentence:
            raise ValidationError(sentence)

    def own_words(self) -> list[str]:
        """Return the words it must not contain."""
        name, _at, _host = self.knows.address.partition("@")
        settings: Settings = current_app.extensions["settings"]
        host = settings.public_host
        labels = host.split(".")
        return [self.knows.name, name, settings.product_name, host, *labels[-2:-1]]


class ConfirmForm(AboutFields, NewPassword, FlaskForm):  # type: ignore[misc]
    """What turns a confirmed address into an account."""

    adult = BooleanField(
        _l("I’m 18 or older"), [InputRequired(_l("This is for adults: tick this to go on"))]
    )

    def __init__(self, address: str) -> None:
        """Know the address that the password must not repeat."""
        super().__init__()
        self.offer_zones()
        # A guess, to be looked at: a script that knows the device's zone may put it right.
        self.is_new = not self.is_submitted()
        if self.is_new:
            self.zone.data = zone_for(languages.tags_asked())
        self.knows = Known(self.name.data or "", address)


class CodeFields:
    """A code by the time, or one from paper: two fields, since phones offer digits for the one."""

    code = StringField(_l("Code from your app"), description=_l("Six digits."))
    recovery = StringField(
        _l("Or a recovery code"), description=_l("24 letters and digits. Each works once.")
    )

    def typed_code(self) -> str:
        """Return what was typed, in whichever field."""
        return str(self.code.data or self.recovery.data or "")

    def validate_code(self, field: StringField) -> None:
        """Ask for one of the two."""
        if not self.typed_code().strip():
            raise ValidationError(_l("Add the code your app shows, or a recovery code"))

    def say_spent(self) -> None:
        """Say what still counts after so many wrong codes that those of the app do not."""
        self.code.errors = [
            _l(
                "Too many wrong codes were typed today. Use a recovery code or a passkey, or a"
                " browser you’ve signed in with before"
            )
        ]

    def say_wrong(self) -> None:
        """Say at the field that was filled that its code is not right."""
        if self.code.data and sum(map(str.isdigit, self.code.data)) != CODE_DIGITS:
            self.code.errors = [_l("Type the six digits your app shows")]
        elif self.code.data:
            self.code.errors = [_l("That code isn’t right, or was used. Wait for the next one")]
        else:
            self.recovery.errors = [
                _l("That recovery code isn’t right, or was used already. Type another one")
            ]


class ResetForm(NewPassword, CodeFields, FlaskForm):  # type: ignore[misc]
    """A new password, chosen through a letter's link; with a code where codes are on."""

    def __init__(self, wish: Wish) -> None:
        """Know whose password it is."""
        super().__init__()
        self.knows = wish.knows
        self.asks_code = wish.asks_code
        if not wish.asks_code:
            del self.code, self.recovery


class ChangePasswordForm(NewPassword, FlaskForm):  # type: ignore[misc]
    """A new password, chosen by somebody who knows the current one."""

    current_password = PasswordField(_l("Current password"), [InputRequired(ADD_PASSWORD)])
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password of 10 characters or more"))],
        description=_l("10 characters or more. Several words in a row are good."),
    )

    def __init__(self, knows: Known) -> None:
        """Know whose password it is."""
        super().__init__()
        self.knows = knows


class AboutForm(AboutFields, FlaskForm):  # type: ignore[misc]
    """What a person says about themselves."""

    def __init__(self, **values: Any) -> None:
        """Offer all zones."""
        super().__init__(data=values)
        self.offer_zones()


def what_is_wrong(password: str, own_words: list[str]) -> Any:
    """Return a sentence where a password cannot be used, else None."""
    if len(password) < rules.LEAST:
        return _l("Choose a password of 10 characters or more")
    if len(password) > rules.MOST:
        return _l("Choose a password of 256 characters or fewer")
    if passwords.is_common(password):
        return _l("Many people use this password. Choose another one")
    if rules.gives_away(password, own_words):
        return _l("Leave out your name, your address and the name of this page")
    return None
