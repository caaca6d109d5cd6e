"""Who gets what about large papers: the year's book as far as one may read its papers, an order for its asker alone."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
year-book                cell         all   200 200 200 200 200 404 404 200 404 404 in
order                    order        all   200 404 404 404 404 404 404 404 404 404 in
"""

DOING = """\
year-book                cell         plan  yes yes yes yes yes 404 404 yes 404 404 in
order-give-up            order        plan  yes 404 404 404 404 404 404 404 404 404 in
order-again              failed-order plan  yes 404 404 404 404 404 404 404 404 404 in
"""
