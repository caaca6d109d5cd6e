"""Who gets what about letters, requests, consent, keeping and leaving."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
letter-list              cell         all   200 200 200 200 200 404 404 403 404 404 in
letter-new               cell         all   200 200 200 200 200 404 404 403 404 404 in
letter-blank             cell         all   200 200 200 200 200 404 404 403 404 404 in
letter                   letter       all   200 404 404 200 200 404 404 404 404 404 in
letter                   to-secretary all   200 404 404 404 200 404 404 404 404 404 in
letter                   to-cell      all   200 404 404 404 200 404 404 404 404 404 in
letter                   answered     all   200 404 200 404 200 404 404 404 404 404 in
letter-pdf               letter       all   200 404 404 200 200 404 404 404 404 404 in
data-request-list        cell         all   200 200 200 200 200 404 404 403 404 404 in
data-request-new         cell         all   200 200 403 403 403 404 404 403 404 404 in
my-data-request          -            all   200 200 200 200 200 200 200 200 200 404 in
data-request             request      all   200 404 404 404 200 404 404 404 404 404 in
data-request-pdf         request      all   200 404 404 404 200 404 404 404 404 404 in
retention                cell         all   200 200 403 403 403 404 404 403 404 404 in
cell-export              cell         all   200 403 403 403 403 404 404 403 404 404 in
destruction              destruction  all   200 200 404 404 404 404 404 404 404 404 in
destruction-pdf          destroyed    all   200 200 404 404 404 404 404 404 404 404 in
destruction-pdf          destruction  all   404 404 404 404 404 404 404 404 404 404 in
data-notice              -            all   200 200 200 200 200 200 200 200 200 404 in
"""

DOING = """\
letter-new               cell         plan  yes yes yes yes yes 404 404 403 404 404 in
letter-answer            letter       plan  yes 404 404 yes 403 404 404 404 404 404 in
letter-answer            to-secretary plan  yes 404 404 404 403 404 404 404 404 404 in
letter-answer            to-cell      plan  yes 404 404 404 403 404 404 404 404 404 in
letter-put-off           letter       plan  yes 404 404 yes 403 404 404 404 404 404 in
letter-withdraw          letter       plan  403 404 404 403 yes 404 404 404 404 404 in
data-request-new         cell         plan  yes yes 403 403 403 404 404 403 404 404 in
my-data-request          -            plan  yes yes yes yes yes yes yes yes yes 404 in
data-request-acknowledge request      plan  yes 404 404 404 403 404 404 404 404 404 in
data-request-answer      request      plan  yes 404 404 404 403 404 404 404 404 404 in
data-request-put-off     request      plan  yes 404 404 404 403 404 404 404 404 404 in
data-request-withdraw    request      plan  403 404 404 404 yes 404 404 404 404 404 in
retention                cell         plan  yes 403 403 403 403 404 404 403 404 404 in
cell-export              cell         plan  yes 403 403 403 403 404 404 403 404 404 in
destruction              destruction  plan  yes yes 404 404 404 404 404 404 404 404 in
destruction-decline      destruction  plan  yes yes 404 404 404 404 404 404 404 404 in
data-notice              -            plan  yes yes yes yes yes yes yes yes yes 404 in
consent-take-back        -            plan  yes yes yes yes yes yes yes yes yes 404 in
"""
