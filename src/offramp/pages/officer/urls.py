from django.urls import path

from offramp.pages.officer import divert, handoffs, paper

app_name = "officer"

urlpatterns = [
    path("officer/divert/", divert.divert, name="divert"),
    path("officer/divert/look/", divert.look, name="look"),
    path("officer/divert/ask/", divert.ask, name="ask"),
    path("officer/handoffs/", handoffs.handoffs, name="handoffs"),
    path("officer/handoffs/<uuid:key>/undo/", handoffs.undo, name="undo"),
    path("officer/handoffs/<uuid:key>/dropped-off/", handoffs.dropped_off, name="dropped_off"),
    path("officer/handoffs/<uuid:key>/card/", paper.card, name="card"),
    path("officer/paper/", paper.paper, name="paper"),
    path("officer/paper/blank/", paper.blank, name="blank"),
    path("officer/paper/<str:code>/", paper.sheet, name="sheet"),
]
