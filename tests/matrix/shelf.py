"""Who gets what from the shelf: a committee's is seen in every cell below, a cell's own by nobody above."""

# Columns as there: Lan Bình Hoa Tuấn Nam Kha Mai Phúc Xa admin khách.
READING = """\
shelf           cell          all   200 200 200 200 200 404 404 403 404 404 in
shelf           committee     all   404 404 404 404 404 404 404 200 404 404 in
shelf-new       cell          all   200 200 403 403 403 404 404 403 404 404 in
shelf-new       committee     all   404 404 404 404 404 404 404 200 404 404 in
shelf-entry     entry         all   200 200 200 200 200 404 404 404 404 404 in
shelf-entry     given-down    all   200 200 200 200 200 404 200 200 404 404 in
shelf-edit      entry         all   200 200 403 403 403 404 404 404 404 404 in
shelf-edit      given-down    all   403 403 403 403 403 404 403 200 404 404 in
shelf-file      entry         all   200 200 200 200 200 404 404 404 404 404 in
readings        meeting       plan  200 200 403 403 403 404 404 404 404 404 in
cite            draft/paper   plan  200 403 403 200 403 404 404 404 404 404 in
cite            remark/remark open  200 403 200 403 403 404 404 404 404 404 in
cite            resolution/resolution all 200 200 403 403 403 404 404 403 404 404 in
"""

DOING = """\
shelf-new          cell          plan  yes yes 403 403 403 404 404 403 404 404 in
shelf-new          committee     plan  404 404 404 404 404 404 404 yes 404 404 in
shelf-entry        entry         plan  yes yes 403 403 403 404 404 404 404 404 in
shelf-entry        given-down    plan  403 403 403 403 403 404 403 yes 404 404 in
shelf-edit         entry         plan  yes yes 403 403 403 404 404 404 404 404 in
shelf-withdraw     entry         plan  yes yes 403 403 403 404 404 404 404 404 in
shelf-withdraw     given-down    plan  403 403 403 403 403 404 403 yes 404 404 in
shelf-file-add     entry         plan  yes yes 403 403 403 404 404 404 404 404 in
quotation-withdraw quotation     plan  yes yes 403 403 403 404 404 404 404 404 in
readings           meeting       plan  yes yes 403 403 403 404 404 404/403 404 404 in
reading-remove     reading       plan  yes yes 403 403 403 404 404 404/403 404 404 in
cite               draft/paper   plan  yes 403 403 yes 403 404 404 404 404 404 in
cite               remark/remark open  yes 403 yes 403 403 404 404 404/403 404 404 in
cite               resolution/resolution plan yes yes 403 403 403 404 404 403 404 404 in
"""
