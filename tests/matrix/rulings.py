"""Who gets what from the page of rulings and days off."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
ruling-list     cell     all                 200 200  200 200  200 404 404  200     404 404   in
ruling-list     committee all                404 404  404 404  404 404 404  200     404 404   in
ruling-sample   cell     all                 200 403  403 403  403 404 404  200     404 404   in
ruling-sample   committee all                404 404  404 404  404 404 404  200     404 404   in
"""

DOING = """\
ruling-list     cell            plan          yes 403  403 403  403 404 404  yes     404 404   in
ruling-list     committee       plan          404 404  404 404  404 404 404  yes     404 404   in
ruling-sample   cell            closed        yes 403  403 403  403 404 404  yes     404 404   in
ruling-sample   committee       closed        404 404  404 404  404 404 404  yes     404 404   in
ruling-end      ruling          plan          yes 403  403 403  403 404 404  yes     404 404   in
day-off-add     cell            plan          yes 403  403 403  403 404 404  yes     404 404   in
day-off-add     committee       plan          404 404  404 404  404 404 404  yes     404 404   in
day-off-remove  day-off         plan          yes 403  403 403  403 404 404  yes     404 404   in
"""
