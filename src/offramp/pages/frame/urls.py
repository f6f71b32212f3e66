from django.urls import path
from django.views.i18n import set_language

from offramp.pages.frame import help_page, theme
from offramp.pages.gate import open_to_all

speak = open_to_all(reason="Chooses the language for this browser alone.")(set_language)

urlpatterns = [
    path("theme/", theme.choose, name="theme"),
    path("language/", speak, name="language"),
    path("help/", help_page.help_page, name="help"),
]
