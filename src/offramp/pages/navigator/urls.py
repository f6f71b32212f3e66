from django.urls import path

from offramp.pages.navigator import roster, views

app_name = "navigator"

urlpatterns = [
    path("work/", views.today, name="today"),
    path("work/waiting/", views.refreshed, name="refreshed"),
    path("work/several/<slug:name>/", views.several, name="several"),
    path("work/roster/", roster.on_now, name="roster"),
    path("work/roster/on/", roster.on, name="on"),
    path("work/roster/off/", roster.off, name="off"),
    path("work/roster/rooms/", roster.rooms_refreshed, name="rooms_refreshed"),
    path("work/roster/room/<uuid:key>/", roster.room, name="room"),
    path("work/<uuid:key>/", views.one, name="record"),
    path("work/<uuid:key>/next/", views.next_place, name="next_place"),
    path("work/<uuid:key>/back/<uuid:referral>/", views.call_back, name="call_back"),
    path("work/<uuid:key>/<slug:name>/", views.deed, name="deed"),
]
