"""What people can click: the whole tree of URLs."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from chibo import home
from chibo.leaving import views as leaving
from chibo.server import views as server

handler500 = "chibo.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("cells/<int:cell>/handover/", home.handover, name="handover"),
    path("healthz", server.alive, name="alive"),
    path("server/", server.server, name="server"),
    path("server/health/", server.server_health, name="server-health"),
    path("server/mail/", server.server_mail, name="server-mail"),
    path("worker.js", home.worker, name="worker"),
    path("cells/<int:cell>/export/", leaving.cell_export, name="cell-export"),
    path("", include("members.urls")),
    path("", include("search.urls")),
    path("", include("book.urls")),
    path("", include("rulings.urls")),
    path("", include("meetings.urls")),
    path("", include("shelf.urls")),
    path("", include("errands.urls")),
    path("", include("critique.urls")),
    path("", include("privacy.urls")),
    path("", include("printing.urls")),
    # One door for everybody: its limits, its second factor, the owner's log. Django's own forms go past them.
    path("quan-tri/login/", home.one_door, name="admin-sign-in"),
    path("quan-tri/password_change/", home.one_door, name="admin-password"),
    *([path("quan-tri/", admin.site.urls)] if settings.ADMIN_PAGES else []),
]
