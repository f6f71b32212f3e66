from django.urls import path

from offramp.pages.design import views

urlpatterns = [
    path("design/", views.gallery, name="design"),
    path("design/officer/", views.officer, name="design_officer"),
    path("design/script/", views.script, name="design_script"),
    path("design/handed-off/", views.handed_off, name="design_handed_off"),
    path("design/provider/", views.provider, name="design_provider"),
    path("design/navigator/", views.navigator, name="design_navigator"),
]
