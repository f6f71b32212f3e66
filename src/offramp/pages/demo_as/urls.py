from django.urls import path

from offramp.pages.demo_as import views

urlpatterns = [
    path("demo/", views.cast, name="demo"),
    path("demo/as/<slug:persona>/", views.become, name="demo_as"),
]
