from django.urls import path

from offramp.pages.provider import views

app_name = "provider"

urlpatterns = [
    path("desk/", views.today, name="today"),
    path("desk/lists/", views.refreshed, name="refreshed"),
    path("desk/rooms/", views.rooms_refreshed, name="rooms_refreshed"),
    path("desk/room/<uuid:key>/", views.room, name="room"),
    path("desk/link/<uuid:key>/", views.link, name="link"),
    path("desk/<uuid:key>/<slug:name>/", views.step, name="step"),
    path("p/<str:token>/", views.linked, name="linked"),
    path("p/<str:token>/lists/", views.linked_refreshed, name="linked_refreshed"),
    path("p/<str:token>/rooms/", views.linked_rooms_refreshed, name="linked_rooms_refreshed"),
    path("p/<str:token>/room/<uuid:key>/", views.linked_room, name="linked_room"),
    path("p/<str:token>/<uuid:key>/<slug:name>/", views.linked_step, name="linked_step"),
]
