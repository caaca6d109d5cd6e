"""Who gets what about the book of what was sealed: the whole cell and whoever follows it from above."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
book                     cell         all   200 200 200 200 200 404 404 200 404 404 in
book-sheet               cell         all   200 200 200 200 200 404 404 200 404 404 in
"""

DOING = ""
