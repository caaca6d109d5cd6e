"""Addresses of work and topics from above."""

from django.urls import path

from errands import views

urlpatterns = [
    path("committees/<int:organisation>/errands/", views.errand_list, name="errand-list"),
    path("errands/<int:pk>/", views.errand, name="errand"),
    path("errands/<int:pk>/withdraw/", views.errand_withdraw, name="errand-withdraw"),
    path("cells/<int:cell>/errands/", views.charge_list, name="charge-list"),
    path("charges/<int:pk>/report/", views.charge_report, name="charge-report"),
    path("charges/<int:pk>/place/", views.charge_place, name="charge-place"),
]
