"""Who gets what from the addresses of hearings and private notes."""

#                                             Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
READING = """\
hearing-order   cycle    all                 200 200  403 403  403 404 404  404     404 404   in
hearing-order   plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
hearing-list    cell     all                 200 200  200 200  200 404 404  403     404 404   in
hearing-turns   item     all                 302 403  302 403  403 404 404  404/403 404 404   in
hearing-desk    hearing  all                 302 302  404 404  403 404 404  404     404 404   in
hearing         hearing  all                 200 200  404 404  200 404 404  404     404 404   in
hearing         closed-hearing all           200 200  404 404  200 404 404  404     404 404   in
hearing         meeting-hearing all          200 200  200 404  200 404 404  404     404 404   in
hearing         collective-hearing all       200 200  200 200  200 404 404  404     404 404   in
hearing-sheet   hearing  all                 200 200  404 404  403 404 404  404     404 404   in
hearing-remedy  closed-hearing all           200 200  404 404  200 404 404  404     404 404   in
hearing-remedy  hearing  all                 302 302  404 404  302 404 404  404     404 404   in
prep-notes      cycle    all                 200 200  200 200  200 404 404  404     404 404   in
prep-notes      plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
prep-note       noted    all                 302 200  200 200  200 404 404  404     404 404   in
"""

#                                             Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
DOING = """\
hearing-begin   unheard         plan          yes yes  403 403  403 404 404  404     404 404   in
hearing-list    cell            plan          yes yes  yes 403  403 404 404  403     404 404   in
write   hearing-presented/hearing plan        yes yes  404 404  403 404 404  404     404 404   in
write   hearing-response/hearing plan         yes 403  404 404  yes 404 404  404     404 404   in
write   hearing-conclusion/meeting-hearing plan yes yes yes 404 403 404 404  404     404 404   in
write   hearing-response/collective-hearing plan yes yes 403 403 403 404 404 404     404 404   in
write opinion-words/hearing-opinion plan yes yes 404 404 403 404 404 404     404 404   in
write opinion-reply/hearing-opinion plan yes 403 404 404 yes 404 404 404     404 404   in
write opinion-reply/sent-opinion - yes 403  404 404  403 404 404  404     404 404   in
hearing-opinion-add hearing     plan          yes yes  404 404  403 404 404  404     404 404   in
hearing-opinion-record sent-opinion plan      yes yes  404 404  403 404 404  404     404 404   in
hearing-opinion-strike hearing-opinion plan   yes yes  404 404  403 404 404  404     404 404   in
hearing-opinion-strike sent-opinion -         yes yes  404 404  403 404 404  404     404 404   in
hearing-opinion-take-back sent-opinion plan   403 403  404 404  yes 404 404  404     404 404   in
hearing-seen    hearing         plan          403 403  404 404  yes 404 404  404     404 404   in
hearing-word    hearing         plan          yes yes  404 404  403 404 404  404     404 404   in
hearing-next    hearing         plan          yes 403  404 404  403 404 404  404     404 404   in
hearing-close   hearing         plan          yes 403  404 404  403 404 404  404     404 404   in
hearing-reopen  closed-hearing  plan          yes 403  404 404  403 404 404  404     404 404   in
write       note/noted           -             yes yes  yes yes  yes 404 404  404     404 404   in
prep-note-send  noted           -             yes yes  yes yes  yes 404 404  404     404 404   in
prep-note-erase noted           -             yes yes  yes yes  yes 404 404  404     404 404   in
"""
