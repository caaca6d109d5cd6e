"""Who gets what from the search: everybody the page, with what they may read; whoever is in no cell finds nothing."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
search          -        all   200 200 200 200 200 200 200 200 200 200 in
"""

DOING = ""
