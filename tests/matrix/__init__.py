"""The access matrix: every address, every person. One file for each room; test_access.py tries every line.

"404/200": before and after the minutes are sealed. "in": asked to sign in. States without "-": only in these.
In DOING "yes" has the right; the state may still answer no, in words. The state named there is one in which the
click changes something; every row is tried in it, in a plan that is not announced, and after the seal.
An address that is missing from READING answers every GET with 405, one that is missing from DOING every POST.
"""

from tests.matrix import hearings, levels, meetings, protection, reviews, rulings

ROOMS = (meetings, reviews, hearings, levels, protection, rulings)
READING = "".join(room.READING for room in ROOMS)
DOING = "".join(room.DOING for room in ROOMS)
