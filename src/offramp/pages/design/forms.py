"""The forms behind the gallery. They ask; nothing reads the answers."""

from django import forms

from offramp.pages.components.values import Label, Place
from offramp.pages.design import sample

YES_NO_UNKNOWN = [("yes", "Yes"), ("no", "No"), ("unknown", "Don't know")]


class Divert(forms.Form):
    """The officer's screen, as a form."""

    what = forms.MultipleChoiceField(
        label="What's going on?",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("overdose", "Overdose"),
            ("substance", "Substance use"),
            ("mental", "Mental health"),
            ("shelter", "No place to stay"),
            ("sex_work", "Sex work"),
            ("asks", "Asks for help"),
        ],
    )
    arrest = forms.ChoiceField(
        label="Would you arrest or cite?", widget=forms.RadioSelect, choices=[("no", "No"), ("yes", "Yes")]
    )
    offence = forms.ChoiceField(
        label="For what?",
        choices=[("", "For what?"), ("23C", "Petit theft"), ("35A", "Possession"), ("90J", "Trespass")],
    )
    first = forms.CharField(label="First name", required=False)
    last = forms.CharField(label="Last name", required=False)
    born = forms.IntegerField(
        label="Birth year", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    not_given = forms.MultipleChoiceField(
        label="Name",
        widget=forms.CheckboxSelectMultiple,
        choices=[("not_given", "Name not given")],
        required=False,
    )
    race = forms.ChoiceField(label="Race or ethnicity", choices=sample.RACE, required=False)
    sex = forms.ChoiceField(label="Sex", choices=sample.SEX, required=False)
    age = forms.ChoiceField(label="Age", choices=sample.AGE, required=False)
    unsafe = forms.MultipleChoiceField(
        label="Anything unsafe?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("weapon", "Weapon"), ("medic", "Needs medic"), ("minor", "Under 18")],
        required=False,
    )
    in_county = forms.ChoiceField(
        label="Lives in the county?", widget=forms.RadioSelect, choices=YES_NO_UNKNOWN
    )
    place = forms.ChoiceField(label="Room now", widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = sample.PLACES

    def seen(self) -> list[forms.BoundField]:
        """What the officer sees, asked in one quiet row."""
        return [self["race"], self["sex"], self["age"]]


class CallFirst(forms.Form):
    """Places whose room nobody has said lately."""

    place = forms.ChoiceField(
        label="Call first",
        widget=forms.RadioSelect,
        choices=[
            (
                "mercy",
                Place(
                    name="Mercy Crisis Center",
                    room="room not known",
                    said="last said yesterday",
                    freshness="old",
                    about=["3.4 mi", "open until 23:00"],
                    phone="555-0142",
                ),
            )
        ],
    )


class Said(forms.Form):
    """What the person said to the offer."""

    answer = forms.ChoiceField(
        label="They said",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("not_today", "Not today"), ("no", "No")],
    )


class Everything(forms.Form):
    """One of each control."""

    name = forms.CharField(label="Name", help_text="As the person says it.")
    phone = forms.CharField(label="Phone", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    pathway = forms.ChoiceField(label="Pathway", choices=[("", "Choose one"), ("oi", "Officer Intervention")])
    needs = forms.MultipleChoiceField(
        label="What is needed?",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("sobering", Label("Sobering", hint="a chair for the night")),
            ("wound", Label("Wound care")),
            ("bed", Label("A bed", hint="detox or shelter")),
            ("food", Label("Food")),
        ],
    )
    mode = forms.ChoiceField(
        label="How do they get there?",
        widget=forms.RadioSelect,
        choices=[("comes", "Worker comes"), ("police", "I bring them"), ("own", "Own way")],
    )
    in_county = forms.ChoiceField(
        label="Lives in the county?", widget=forms.RadioSelect, choices=YES_NO_UNKNOWN
    )
