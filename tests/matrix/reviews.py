"""Who gets what from the pages of a yearly review, its dossiers and what follows from it."""

#                                            Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
READING = """\
cycle-list      cell     all                 200 200  200 200  200 404 404  403     404 404   in
cycle-new       cell     all                 200 200  403 403  403 404 404  403     404 404   in
cycle           cycle    all                 200 200  200 200  200 404 404  404     404 404   in
cycle           plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
cycle           shown-cycle all              200 200  200 200  200 404 404  404     404 404   in
cycle-edit      cycle    all                 200 200  403 403  403 404 404  404     404 404   in
conference-paper past-cycle all              404 404  404 404  404 404 404  404     404 404   in
conference-paper handed-cycle all            200 200  403 403  403 404 404  200     404 404   in
conference-signed past-cycle all             404 404  404 404  404 404 404  404     404 404   in
conference-signed handed-cycle all           200 200  403 403  403 404 404  200     404 404   in
conference-signed-file handed-cycle all      200 200  403 403  403 404 404  200     404 404   in
dossier-list    cycle    all                 200 200  403 403  403 404 404  404     404 404   in
dossier-index   cycle    all                 200 200  403 403  403 404 404  404     404 404   in
dossier         participant all              200 200  200 403  403 404 404  404     404 404   in
dossier-item    participant all              200 200  403 403  403 404 404  404     404 404   in
conference-new  cycle    all                 200 200  403 403  403 404 404  404     404 404   in
blank-form      cycle    all                 200 200  200 200  200 404 404  404     404 404   in
blank-form      plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
participant-edit participant all             200 200  403 403  403 404 404  404     404 404   in
self-review     draft    all                 403 403  403 403  200 404 404  404     404 404   in
self-review     typed    all                 200 403  200 403  403 404 404  404     404 404   in
self-review     submitted all                200 200  403 200  403 404 404  404     404 404   in
self-review     shown    all                 200 200  200 200  200 404 404  404     404 404   in
self-review     past     all                 200 200  403 403  200 404 404  404     404 404   in
self-review-write draft  all                 403 403  403 403  200 404 404  404     404 404   in
self-review-write typed  all                 200 403  200 403  403 404 404  404     404 404   in
self-review-write submitted all              403 403  403 302  403 404 404  404     404 404   in
self-review-write shown  all                 403 403  403 403  302 404 404  404     404 404   in
self-review-pdf draft    all                 403 403  403 403  200 404 404  404     404 404   in
self-review-pdf typed    all                 403 403  200 403  403 404 404  404     404 404   in
self-review-pdf submitted all                403 403  403 200  403 404 404  404     404 404   in
self-review-pdf shown    all                 403 403  403 403  200 404 404  404     404 404   in
remedy-list     cell     all                 200 200  200 200  200 404 404  403     404 404   in
remedies-pdf    cell     all                 200 200  403 403  403 404 404  403     404 404   in
cell-remedies-pdf cell   all                 200 200  200 200  200 404 404  403     404 404   in
own-remedies-pdf cell    all                 200 200  403 403  200 404 404  403     404 404   in
remedy-new      cell     all                 200 200  200 200  200 404 404  403     404 404   in
remedy          remedy   all                 200 200  404 200  200 404 404  404     404 404   in
remedy          cell-remedy all              200 200  200 200  200 404 404  404     404 404   in
remedy          closed-remedy all            200 200  404 404  200 404 404  404     404 404   in
my-data         -        all                 200 200  200 200  200 200 200  200     200 404   in
my-data-json    -        all                 200 200  200 200  200 200 200  200     200 404   in
my-data-pdf     -        all                 200 200  200 200  200 200 200  200     200 404   in
"""

#                                             Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
DOING = """\
cycle-new       cell            plan          yes yes  403 403  403 404 404  403     404 404   in
cycle-edit      cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
dossier-pack    cycle           plan          yes 403  403 403  403 404 404  404     404 404   in
dossier-item    participant     plan          yes yes  403 403  403 404 404  404     404 404   in
conference-new  cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
conference-signed-give handed-cycle -        yes 403  403 403  403 404 404  403     404 404   in
conference-signed-add handed-cycle -         yes 403  403 403  403 404 404  403     404 404   in
cycle-step      cycle           plan          yes 403  403 403  403 404 404  404     404 404   in
cycle-draw-up   cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
participant-edit participant    plan          yes yes  403 403  403 404 404  404     404 404   in
participant-enter participant   plan          yes yes  403 403  403 404 404  404     404 404   in
self-review     draft           -             403 403  403 403  yes 404 404  404     404 404   in
self-review     typed           -             yes 403  yes 403  403 404 404  404     404 404   in
self-review     submitted       -             yes yes  403 yes  403 404 404  404     404 404   in
self-review     shown           -             yes yes  yes yes  yes 404 404  404     404 404   in
self-review     past            -             yes yes  403 403  yes 404 404  404     404 404   in
write review-strengths/draft         plan          403 403  403 403  yes 404 404  404     404 404   in
write review-strengths/typed         plan          yes 403  yes 403  403 404 404  404     404 404   in
write review-strengths/submitted     -             403 403  403 yes  403 404 404  404     404 404   in
self-review-submit draft        plan          403 403  403 403  yes 404 404  404     404 404   in
self-review-submit typed        plan          yes 403  yes 403  403 404 404  404     404 404   in
self-review-withdraw submitted  plan          403 403  403 yes  403 404 404  404     404 404   in
self-review-withdraw shown      -             403 403  403 403  yes 404 404  404     404 404   in
self-review-way draft           plan          403 403  403 403  yes 404 404  404     404 404   in
self-review-way typed           plan          403 403  yes 403  403 404 404  404     404 404   in
remedy-new      cell            plan          yes yes  yes yes  yes 404 404  403     404 404   in
remedy-take-up  promising       plan          yes yes  403 403  yes 404 404  404     404 404   in
remedy-take-up  draft           -             yes yes  403 403  yes 404 404  404     404 404   in
remedy-report   remedy          plan          yes yes  404 403  yes 404 404  404     404 404   in
remedy-report   cell-remedy     plan          yes yes  403 403  403 404 404  404     404 404   in
write           remedy-report/remedy plan     yes yes  404 403  yes 404 404  404     404 404   in
remedy-arrange  remedy          plan          yes yes  404 403  yes 404 404  404     404 404   in
remedy-check    remedy-check    plan          yes yes  404 403  403 404 404  404     404 404   in
remedy-close    remedy          plan          yes yes  404 403  403 404 404  404     404 404   in
remedy-close    cell-remedy     plan          yes yes  403 403  403 404 404  404     404 404   in
remedy-reopen   closed-remedy   plan          yes yes  404 404  403 404 404  404     404 404   in
remedy-link     remedy          plan          yes yes  404 403  403 404 404  404     404 404   in
"""
