from django.urls import path

from offramp.pages.navigator import views

app_name = "navigator"

urlpatterns = [
    path("work/", views.today, name="today"),
    path("work/waiting/", views.refreshed, name="refreshed"),
    path("work/rooms/", views.rooms_refreshed, name="rooms_refreshed"),
    path("work/room/<uuid:key>/", views.room, name="room"),
    path("work/<uuid:key>/", views.one, name="record"),
    path("work/<uuid:key>/next/", views.next_place, name="next_place"),
    path("work/<uuid:key>/<slug:name>/", views.deed, name="deed"),
]
