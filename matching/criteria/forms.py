"""How both wish to work: a mentor finds a mentee, and the same forms go together."""

import numpy as np

from domain.organisations import Form
from matching.columns import Columns, Floats, Rows, bits_of
from matching.criteria.question import Question

COMPLEMENTARY, ALIKE = 1.0, 0.5
_ALL = tuple(Form)
_PARTS = bits_of((Form.MENTOR, Form.MENTEE), _ALL)


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """For a mentor that finds its mentee more than for a form that both have named."""
    forms = question.own.one.forms or frozenset()
    counterparts = {Form.MENTOR: Form.MENTEE, Form.MENTEE: Form.MENTOR}
    wanted = bits_of((counterparts[one] for one in forms if one in counterparts), _ALL)
    same = bits_of(forms, _ALL) & ~_PARTS
    theirs = columns.of("forms", rows)
    fits, alike = (theirs & wanted) != 0, (theirs & same) != 0
    return np.minimum(1, COMPLEMENTARY * fits + ALIKE * alike).astype(np.float32)
