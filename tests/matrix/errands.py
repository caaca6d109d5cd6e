"""Who gets what of work from above: the committee gives and reads all answers, a cell reads and answers its own."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
errand-list     committee     all   404 404 404 404 404 404 404 200 404 404 in
errand          errand        all   404 404 404 404 404 404 404 200 404 404 in
charge-list     cell          all   200 200 200 200 200 404 404 200 404 404 in
"""

DOING = """\
errand-list     committee     plan  404 404 404 404 404 404 404 yes 404 404 in
errand-withdraw errand        plan  404 404 404 404 404 404 404 yes 404 404 in
charge-report   charge        plan  yes yes 403 403 403 404 404 403 404 404 in
charge-place    asked         plan  yes yes 403 403 403 404 404 403 404 404 in
"""
