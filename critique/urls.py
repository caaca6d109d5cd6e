"""What people can click in the yearly review, and in letters."""

from django.urls import path

from critique.cycle import views as cycle
from critique.dossier import views as dossier
from critique.hearing.views import conference, hearing, note
from critique.hearing.views import text as hearing_text
from critique.letters import views as letters
from critique.levels.views import ballot, handed_up, rating
from critique.remedies import views as remedy
from critique.writing import views as review

LETTERS = {"desk": letters.LETTERS}

urlpatterns = [
    path("cells/<int:cell>/critique/", cycle.cycle_list, name="cycle-list"),
    path("cells/<int:cell>/critique/new/", cycle.cycle_new, name="cycle-new"),
    path("critique/<int:pk>/", cycle.cycle, name="cycle"),
    path("critique/<int:pk>/edit/", cycle.cycle_edit, name="cycle-edit"),
    path("critique/<int:pk>/conference/", conference.conference_new, name="conference-new"),
    path("critique/<int:pk>/conference/minutes.pdf", conference.conference_paper, name="conference-paper"),
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
    path("critique/<int:pk>/hearings/", hearing.hearing_order, name="hearing-order"),
    path("participants/<int:pk>/hear/", hearing.hearing_begin, name="hearing-begin"),
    path("cells/<int:cell>/hearings/", hearing.hearing_list, name="hearing-list"),
    path("hearings/<int:pk>/", hearing.hearing, name="hearing"),
    path("hearings/<int:pk>/write/<str:part>/", hearing_text.hearing_write, name="hearing-write"),
    path("hearings/<int:pk>/opinions/", hearing.hearing_opinion_add, name="hearing-opinion-add"),
    path("hearings/<int:pk>/seen/", hearing.hearing_seen, name="hearing-seen"),
    path("hearings/<int:pk>/close/", hearing.hearing_close, name="hearing-close"),
    path("hearings/<int:pk>/reopen/", hearing.hearing_reopen, name="hearing-reopen"),
    path("hearings/<int:pk>/sheet.pdf", hearing.hearing_sheet, name="hearing-sheet"),
    path("hearings/<int:pk>/remedy/", hearing.hearing_remedy, name="hearing-remedy"),
    path("hearing-opinions/<int:pk>/record/", hearing.hearing_opinion_record, name="hearing-opinion-record"),
    path("hearing-opinions/<int:pk>/strike/", hearing.hearing_opinion_strike, name="hearing-opinion-strike"),
    path("hearing-opinions/<int:pk>/take-back/", hearing.hearing_opinion_take_back, name="hearing-opinion-take-back"),
    path(
        "hearing-opinions/<int:pk>/write/<str:part>/", hearing_text.hearing_opinion_write, name="hearing-opinion-write"
    ),
    path("critique/<int:pk>/notes/", note.prep_notes, name="prep-notes"),
    path("participants/<int:pk>/note/", note.prep_note, name="prep-note"),
    path("participants/<int:pk>/note/send/", note.prep_note_send, name="prep-note-send"),
    path("participants/<int:pk>/note/erase/", note.prep_note_erase, name="prep-note-erase"),
    path("cells/<int:cell>/remedies/", remedy.remedy_list, name="remedy-list"),
    path("cells/<int:cell>/remedies/new/", remedy.remedy_new, name="remedy-new"),
    path("remedies/<int:pk>/", remedy.remedy, name="remedy"),
    path("remedies/<int:pk>/report/", remedy.remedy_report, name="remedy-report"),
    path("remedies/<int:pk>/arrange/", remedy.remedy_arrange, name="remedy-arrange"),
    path("remedies/<int:pk>/close/", remedy.remedy_close, name="remedy-close"),
    path("remedies/<int:pk>/reopen/", remedy.remedy_reopen, name="remedy-reopen"),
    path("remedies/<int:pk>/link/", remedy.remedy_link, name="remedy-link"),
    path("remedy-checks/<int:pk>/", remedy.remedy_check, name="remedy-check"),
    path("critique/<int:pk>/ballots/", ballot.ballot_list, name="ballot-list"),
    path("critique/<int:pk>/ballots/blank.pdf", ballot.ballot_blank, name="ballot-blank"),
    path("ballots/<int:pk>/", ballot.ballot, name="ballot"),
    path("ballots/<int:pk>/confirm/", ballot.ballot_confirm, name="ballot-confirm"),
    path("ballots/<int:pk>/paper.pdf", ballot.ballot_pdf, name="ballot-pdf"),
    path("critique/<int:pk>/levels/", rating.level_list, name="level-list"),
    path("critique/<int:pk>/hand-up/", rating.rating_hand_up, name="rating-hand-up"),
    path("critique/<int:pk>/take-back/", rating.rating_take_back, name="rating-take-back"),
    path("critique/<int:pk>/publish/", rating.rating_publish, name="rating-publish"),
    path("critique/<int:pk>/published/", rating.published, name="published"),
    path("critique/<int:pk>/published.pdf", rating.published_pdf, name="published-pdf"),
    path("participants/<int:pk>/level/", rating.level, name="level"),
    path("participants/<int:pk>/level/propose/", rating.level_propose, name="level-propose"),
    path("participants/<int:pk>/level/appraise/", rating.level_appraise, name="level-appraise"),
    path("participants/<int:pk>/level/decide/", rating.level_decide, name="level-decide"),
    path("participants/<int:pk>/level/change/", rating.level_change, name="level-change"),
    path("participants/<int:pk>/level/notify/", rating.level_notify, name="level-notify"),
    path("participants/<int:pk>/level/complain/", rating.level_complain, name="level-complain"),
    path("participants/<int:pk>/level/answer/", rating.level_answer, name="level-answer"),
    path("handed-up/", handed_up.handed_up_list, name="handed-up-list"),
    path("cells/<int:cell>/letters/", letters.letter_list, name="letter-list"),
    path("cells/<int:cell>/letters/new/", letters.letter_new, name="letter-new"),
    path("cells/<int:cell>/letters/blank.pdf", letters.letter_blank, name="letter-blank"),
    path("letters/<int:pk>/", letters.see, LETTERS, name="letter"),
    path("letters/<int:pk>/answer/", letters.answer, LETTERS, name="letter-answer"),
    path("letters/<int:pk>/put-off/", letters.put_off, LETTERS, name="letter-put-off"),
    path("letters/<int:pk>/withdraw/", letters.withdraw, LETTERS, name="letter-withdraw"),
    path("letters/<int:pk>/letter.pdf", letters.pdf, LETTERS, name="letter-pdf"),
]
