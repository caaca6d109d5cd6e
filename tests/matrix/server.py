"""Who gets what from the pages of bodies and of the server: the administrator all, the rest what is theirs to keep."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
alive           -        all                 200 200  200 200  200 200 200  200     200 200   200
server          -        all                 403 403  403 403  403 403 403  403     403 200   in
server-health   -        all                 403 403  403 403  403 403 403  403     403 200   in
server-mail     -        all                 403 403  403 403  403 403 403  403     403 200   in
server-bodies   -        all                 403 403  403 403  403 403 403  403     403 200   in
server-people   -        all                 403 403  403 403  403 403 403  403     403 200   in
body-add-top    -        all                 403 403  403 403  403 403 403  403     403 200   in
account-edit    someones-account all         403 403  403 403  403 403 403  403     403 200   in
body            cell     all                 200 403  403 403  403 404 404  200     404 200   in
body            committee all                404 404  404 404  404 404 404  200     404 200   in
body-add        committee all                404 404  404 404  404 404 404  200     404 200   in
body-move       cell     all                 403 403  403 403  403 404 404  200     404 200   in
body-move       committee all                404 404  404 404  404 404 404  403     404 200   in
body-close      cell     all                 403 403  403 403  403 404 404  200     404 200   in
body-close      committee all                404 404  404 404  404 404 404  403     404 200   in
follower-list   cell     all                 302 403  403 403  403 404 404  302     404 302   in
follower-list   committee all                404 404  404 404  404 404 404  200     404 200   in
"""

DOING = """\
server-mail     -               plan          403 403  403 403  403 403 403  403     403 yes   in
body-add-top    -               plan          403 403  403 403  403 403 403  403     403 yes   in
account-edit    someones-account plan         403 403  403 403  403 403 403  403     403 yes   in
body            cell            plan          yes 403  403 403  403 404 404  yes     404 yes   in
body            committee       plan          404 404  404 404  404 404 404  yes     404 yes   in
body-add        committee       plan          404 404  404 404  404 404 404  yes     404 yes   in
body-move       cell            closed        403 403  403 403  403 404 404  yes     404 yes   in
body-move       committee       closed        404 404  404 404  404 404 404  403     404 yes   in
body-close      cell            closed        403 403  403 403  403 404 404  yes     404 yes   in
body-close      committee       closed        404 404  404 404  404 404 404  403     404 yes   in
follower-list   cell            closed        302 403  403 403  403 404 404  302     404 302   in
follower-list   committee       plan          404 404  404 404  404 404 404  yes     404 yes   in
"""
