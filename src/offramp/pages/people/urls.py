from django.urls import path

from offramp.pages.people import views

app_name = "people"

urlpatterns = [
    path("people/", views.look, name="look"),
    path("people/<uuid:key>/", views.one, name="one"),
    path("people/<uuid:key>/suggest/", views.suggest, name="suggest"),
    path("people/<uuid:key>/join/<uuid:other>/", views.join, name="join"),
    path("people/<uuid:key>/part/<uuid:other>/", views.part, name="part"),
]
