"""Who gets what from the pages of ballots and levels."""

READING = """\
ballot-list     shown-cycle all              200 200  403 403  403 404 404  404     404 404   in
ballot-list     handed-cycle all             200 200  403 403  403 404 404  200     404 404   in
ballot-blank    shown-cycle all              200 403  403 403  403 404 404  404     404 404   in
ballot          ballot   all                 200 200  200 403  200 404 404  404     404 404   in
ballot          counted  all                 200 200  200 403  403 404 404  200     404 404   in
ballot-pdf      ballot   all                 200 200  200 403  200 404 404  404     404 404   in
ballot-pdf      counted  all                 200 200  200 403  403 404 404  200     404 404   in
level-list      past-cycle all               200 200  403 403  403 404 404  404     404 404   in
level-list      handed-cycle all             200 200  403 403  403 404 404  200     404 404   in
level-list-pdf  past-cycle all               200 200  403 403  403 404 404  404     404 404   in
level-list-pdf  handed-cycle all             200 200  403 403  403 404 404  200     404 404   in
handed-up-pdf   committee all                404 404  404 404  404 404 404  200     404 404   in
level           proposable all               200 200  403 403  200 404 404  404     404 404   in
level           rated    all                 200 200  403 403  200 404 404  200     404 404   in
level           complaining all              200 200  200 403  403 404 404  200     404 404   in
level-again-pdf rated    all                 200 200  403 403  200 404 404  200     404 404   in
level-again-pdf unrated  all                 200 200  403 200  403 404 404  200     404 404   in
published       past-cycle all               200 200  200 200  200 404 404  404     404 404   in
published       handed-cycle all             200 200  200 200  200 404 404  403     404 404   in
published-pdf   handed-cycle all             200 200  200 200  200 404 404  403     404 404   in
handed-up-list  -        all                 200 200  200 200  200 200 200  200     200 200   in
self-review     handed   all                 200 200  403 403  200 404 404  200     404 404   in
self-review-write handed all                 403 403  403 403  302 404 404  403     404 404   in
self-review-pdf handed   all                 403 403  403 403  200 404 404  403     404 404   in
cycle           handed-cycle all             200 200  200 200  200 404 404  403     404 404   in
participant-edit rated   all                 200 200  403 403  403 404 404  403     404 404   in
"""

DOING = """\
ballot-list     shown-cycle     plan          yes 403  403 403  403 404 404  404     404 404   in
ballot          ballot          plan          yes 403  yes 403  yes 404 404  404     404 404   in
ballot          counted         -             yes 403  yes 403  403 404 404  403     404 404   in
ballot-confirm  ballot          plan          yes 403  yes 403  yes 404 404  404     404 404   in
level-hand-up  past-cycle      plan          yes 403  403 403  403 404 404  404     404 404   in
level-take-back sent-cycle     plan          yes 403  403 403  403 404 404  403     404 404   in
level-publish  handed-cycle    plan          yes 403  403 403  403 404 404  403     404 404   in
level-propose   proposable      plan          yes 403  403 403  403 404 404  404     404 404   in
level-appraise  unrated         plan          403 403  403 403  403 404 404  yes     404 404   in
level-appraise  proposable      -             403 403  403 403  403 404 404  404     404 404   in
level-decide    unrated         plan          yes 403  403 403  403 404 404  yes     404 404   in
level-decide    proposable      -             yes 403  403 403  403 404 404  404     404 404   in
level-change    rated           plan          yes 403  403 403  403 404 404  yes     404 404   in
level-notify    rated           plan          yes 403  403 403  yes 404 404  403     404 404   in
level-complain  rated           plan          yes 403  403 403  yes 404 404  403     404 404   in
level-answer    complaining     plan          yes 403  403 403  403 404 404  yes     404 404   in
self-review     handed          -             yes yes  403 403  yes 404 404  yes     404 404   in
"""
