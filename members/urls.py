"""What people can click about accounts and members."""

from django.urls import path

from members import views
from members.saving.views import write

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("slip/", views.slip, name="slip"),
    path("account/", views.account, name="account"),
    path("who-may-know/", views.who_may_know, name="who-may-know"),
    path("cells/<int:cell>/members/", views.member_list, name="member-list"),
    path("cells/<int:cell>/members/add/", views.member_add, name="member-add"),
    path("members/<int:pk>/", views.member_edit, name="member-edit"),
    path("members/<int:pk>/standing/", views.member_standing, name="member-standing"),
    path("members/<int:pk>/account/", views.member_account, name="member-account"),
    path("members/<int:pk>/slip/", views.slip_issue, name="slip-issue"),
    # every text that saves itself, of every app
    path("write/<slug:sheet>/<int:pk>/", write, name="write"),
]
