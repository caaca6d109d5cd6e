"""What people can click: the whole tree of URLs."""

from django.contrib import admin
from django.urls import include, path

from chibo import home

handler500 = "chibo.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("members.urls")),
    path("", include("rulings.urls")),
    path("", include("meetings.urls")),
    path("", include("critique.urls")),
    path("", include("privacy.urls")),
    path("quan-tri/", admin.site.urls),
]
