"""What people can click in the yearly review, and what is kept about them."""

from django.urls import path

from critique.views import conference, cycle, dossier, mine, remedy, review, rubric

urlpatterns = [
    path("cells/<int:cell>/critique/", cycle.cycle_list, name="cycle-list"),
    path("cells/<int:cell>/critique/new/", cycle.cycle_new, name="cycle-new"),
    path("critique/<int:pk>/", cycle.cycle, name="cycle"),
    path("critique/<int:pk>/edit/", cycle.cycle_edit, name="cycle-edit"),
    path("critique/<int:pk>/conference/", conference.conference_new, name="conference-new"),
    path("critique/<int:pk>/step/", cycle.cycle_step, name="cycle-step"),
    path("critique/<int:pk>/draw-up/", cycle.cycle_draw_up, name="cycle-draw-up"),
    path("critique/<int:pk>/blank/<str:form>.pdf", cycle.blank_form, name="blank-form"),
    path("critique/<int:pk>/dossiers/", dossier.dossier_list, name="dossier-list"),
    path("critique/<int:pk>/dossiers/index.pdf", dossier.dossier_index, name="dossier-index"),
    path("critique/<int:pk>/dossiers/pack/", dossier.dossier_pack, name="dossier-pack"),
    path("participants/<int:pk>/dossier/", dossier.dossier, name="dossier"),
    path("participants/<int:pk>/dossier/<int:item>/", dossier.dossier_item, name="dossier-item"),
    path("participants/<int:pk>/", cycle.participant_edit, name="participant-edit"),
    path("participants/<int:pk>/enter/", cycle.participant_enter, name="participant-enter"),
    path("self-reviews/<int:pk>/", review.self_review, name="self-review"),
    path("self-reviews/<int:pk>/write/<str:step>/", review.self_review_write, name="self-review-write"),
    path("self-reviews/<int:pk>/submit/", review.self_review_submit, name="self-review-submit"),
    path("self-reviews/<int:pk>/withdraw/", review.self_review_withdraw, name="self-review-withdraw"),
    path("self-reviews/<int:pk>/way/", review.self_review_way, name="self-review-way"),
    path("self-reviews/<int:pk>/own.pdf", review.self_review_pdf, name="self-review-pdf"),
    path("self-reviews/<int:pk>/take-up/", remedy.remedy_take_up, name="remedy-take-up"),
    path("cells/<int:cell>/remedies/", remedy.remedy_list, name="remedy-list"),
    path("cells/<int:cell>/remedies/new/", remedy.remedy_new, name="remedy-new"),
    path("remedies/<int:pk>/", remedy.remedy, name="remedy"),
    path("remedies/<int:pk>/report/", remedy.remedy_report, name="remedy-report"),
    path("remedies/<int:pk>/arrange/", remedy.remedy_arrange, name="remedy-arrange"),
    path("remedies/<int:pk>/close/", remedy.remedy_close, name="remedy-close"),
    path("remedies/<int:pk>/reopen/", remedy.remedy_reopen, name="remedy-reopen"),
    path("remedies/<int:pk>/link/", remedy.remedy_link, name="remedy-link"),
    path("remedy-checks/<int:pk>/", remedy.remedy_check, name="remedy-check"),
    path("organisations/<int:pk>/rubrics/", rubric.rubric_list, name="rubric-list"),
    path("rubrics/<int:pk>/end/", rubric.rubric_end, name="rubric-end"),
    path("account/data/", mine.my_data, name="my-data"),
    path("account/data.json", mine.my_data_json, name="my-data-json"),
    path("account/data.pdf", mine.my_data_pdf, name="my-data-pdf"),
]
