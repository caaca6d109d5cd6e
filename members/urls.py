"""What people can click about accounts and members."""

from django.urls import path

from members import views
from members.bodies import views as bodies
from members.deeds import views as deeds
from members.entry.views import account as entry
from members.entry.views import again, start
from members.entry.views.all_slips import all_slips, first_slips
from members.founding import views as founding
from members.importing import views as importing
from members.posts import views as posts
from members.running import views as running
from members.saving.views import write
from members.transfers.views import member_transfer

urlpatterns = [
    path("start/", start.start, name="start"),
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/code/", entry.sign_in_code, name="sign-in-code"),
    path("sign-out/", entry.sign_out, name="sign-out"),
    path("slip/", entry.slip, name="slip"),
    path("slips/", entry.slip_list, name="slip-list"),
    path("slips/<int:pk>/confirm/", entry.slip_confirm, name="slip-confirm"),
    path("account/", entry.account, name="account"),
    path("account/news/", entry.news_seen, name="account-news"),
    path("account/slip/refuse/", entry.slip_refuse, name="slip-refuse"),
    path("account/private/", entry.private_open, name="private-open"),
    path("account/codes/", entry.recovery_codes, name="recovery-codes"),
    path("account/second-factor/", entry.second_factor, name="second-factor"),
    path("account/sessions/<int:pk>/end/", entry.visit_end, name="visit-end"),
    path("account/password/", again.ask_before_reading, name="password-again"),
    path("account/deeds/", deeds.my_deeds, name="my-deeds"),
    path("cells/<int:cell>/deeds/", deeds.cell_deeds, name="cell-deeds"),
    path("who-may-know/", views.who_may_know, name="who-may-know"),
    path("cells/<int:cell>/members/", views.member_list, name="member-list"),
    path("cells/<int:cell>/members/add/", views.member_add, name="member-add"),
    path("cells/<int:cell>/posts/", posts.post_list, name="post-list"),
    path("posts/<int:pk>/end/", posts.post_end, name="post-end"),
    path("cells/<int:cell>/members/import/", importing.member_import, name="member-import"),
    path("cells/<int:cell>/members/import/<int:number>/undo/", importing.import_undo, name="import-undo"),
    path("cells/<int:cell>/members/slips/", all_slips, name="all-slips"),
    path("import/far/", importing.import_far, name="import-far"),
    path("members/<int:pk>/transfer/", member_transfer, name="member-transfer"),
    path("committees/<int:committee>/bodies/", founding.body_import, name="body-import"),
    path("committees/<int:committee>/bodies/<int:number>/undo/", founding.body_undo, name="body-undo"),
    path("committees/<int:committee>/slips/", first_slips, name="first-slips"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/add/", bodies.body_add, name="body-add"),
    path("bodies/<int:pk>/move/", bodies.body_move, name="body-move"),
    path("bodies/<int:pk>/close/", bodies.body_close, name="body-close"),
    path("bodies/<int:pk>/followers/", bodies.follower_list, name="follower-list"),
    path("server/bodies/", running.server_bodies, name="server-bodies"),
    path("server/bodies/add/", bodies.body_add_top, name="body-add-top"),
    path("server/people/", running.server_people, name="server-people"),
    path("server/accounts/<int:pk>/", running.account_edit, name="account-edit"),
    path("members/<int:pk>/", views.member_edit, name="member-edit"),
    path("members/<int:pk>/standing/", views.member_standing, name="member-standing"),
    path("members/<int:pk>/account/", views.member_account, name="member-account"),
    path("members/<int:pk>/slip/", views.slip_issue, name="slip-issue"),
    # every text that saves itself, of every app
    path("write/<slug:sheet>/<int:pk>/", write, name="write"),
]
