"""Who gets what about letters, requests, consent and keeping."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
criticism-list  cell     all                 200 200  200 200  200 404 404  403     404 404   in
criticism-new   cell     all                 200 200  200 200  200 404 404  403     404 404   in
criticism-blank cell     all                 200 200  200 200  200 404 404  403     404 404   in
criticism       letter   all                 200 404  404 200  200 404 404  404     404 404   in
criticism       to-secretary all             200 404  404 404  200 404 404  404     404 404   in
criticism       to-cell  all                 200 404  404 404  200 404 404  404     404 404   in
criticism       answered all                 200 404  200 404  200 404 404  404     404 404   in
criticism-pdf   letter   all                 200 404  404 200  200 404 404  404     404 404   in
request-list    cell     all                 200 200  200 200  200 404 404  403     404 404   in
request-new     cell     all                 200 200  403 403  403 404 404  403     404 404   in
my-request      -        all                 200 200  200 200  200 200 200  200     200 404   in
data-request    request  all                 200 404  404 404  200 404 404  404     404 404   in
request-pdf     request  all                 200 404  404 404  200 404 404  404     404 404   in
retention       cell     all                 200 200  403 403  403 404 404  403     404 404   in
destruction     destruction all              200 200  404 404  404 404 404  404     404 404   in
destruction-pdf destroyed all                200 200  404 404  404 404 404  404     404 404   in
destruction-pdf destruction all              404 404  404 404  404 404 404  404     404 404   in
data-notice     -        all                 200 200  200 200  200 200 200  200     200 404   in
"""

DOING = """\
criticism-new   cell            plan          yes yes  yes yes  yes 404 404  403     404 404   in
criticism-reply letter          plan          yes 404  404 yes  403 404 404  404     404 404   in
criticism-reply to-secretary    plan          yes 404  404 404  403 404 404  404     404 404   in
criticism-reply to-cell         plan          yes 404  404 404  403 404 404  404     404 404   in
criticism-put-off letter        plan          yes 404  404 yes  403 404 404  404     404 404   in
criticism-withdraw letter       plan          403 404  404 403  yes 404 404  404     404 404   in
request-new     cell            plan          yes yes  403 403  403 404 404  403     404 404   in
my-request      -               plan          yes yes  yes yes  yes yes yes  yes     yes 404   in
request-acknowledge request     plan          yes 404  404 404  403 404 404  404     404 404   in
request-answer  request         plan          yes 404  404 404  403 404 404  404     404 404   in
request-extend  request         plan          yes 404  404 404  403 404 404  404     404 404   in
request-withdraw request        plan          403 404  404 404  yes 404 404  404     404 404   in
retention       cell            plan          yes 403  403 403  403 404 404  403     404 404   in
destruction     destruction     plan          yes yes  404 404  404 404 404  404     404 404   in
destruction-decline destruction plan          yes yes  404 404  404 404 404  404     404 404   in
data-notice     -               plan          yes yes  yes yes  yes yes yes  yes     yes 404   in
consent-take-back -             plan          yes yes  yes yes  yes yes yes  yes     yes 404   in
"""
