from django.urls import path

from offramp.pages.today import views

urlpatterns = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
]
