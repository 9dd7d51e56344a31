"""What counts how much in the order of suggested partners: one table for all criteria.

A criterion of the fit is the same from both sides; it gives 0 to 1, and brings the fit nearer to 1
by its weight. None counts without a topic in common, and all of them together count for less than
the topics. A criterion of the order looks from one side and makes the place in the list better or
worse; it never changes the fit.
"""

MENTORING = 0.5
"""The fit of help that goes one way and meets every need. Where both sides give, the fit begins
here: partnership is at eye level, and reciprocity raised the success of suggestions from 23 to 42 %
(RECON, Pizzato 2010)."""
PEER = 0.35
"""What the fit of learning on the same topics comes near to."""

FIT = {
    "relations": 0.10,  # their towns are twinned
    "forms": 0.10,  # how both wish to work goes together: mentor and mentee, the same forms
    "sectors": 0.06,
    "size": 0.04,
    "goals": 0.03,
    "climate": 0.03,
    "hours": 0.03,
    "distance": 0.02,
}

ORDER = {
    "exposure": 0.05,  # divides by 1 + so much for each other organisation it was shown to lately
    "answers": 0.30,  # taken off at most from who never answers
    "help": 0.10,  # added at most for who has helped others
    "activity": 0.10,  # taken off from who was not here for long
    "taste": 0.12,  # for each trait that was refused or was welcome before
}

ROUND = {
    "fit": 0.60,  # as between partners, in whichever mode
    "topics": 0.30,  # of which both speak, whether they offer or seek them
    "sectors": 0.10,
}
"""What counts how much for two who are to sit together in a round; each gives 0 to 1. In an
exchange people of one country may meet, and who seek the same are welcome."""
STRANGERS = 0.05
"""What a pair is worth that shares nothing: little, but nobody is left out for it."""
REPEAT = 2.0
"""What it costs to sit together again the next day: more than any pair is worth, and any other."""
REPEAT_HALVES_AFTER = 183
"""Days after which that is worth half: what was new has happened since."""

CONSORTIUM = {
    "member": 0.04,  # taken off for the third operator: each one more is one more to agree with
    "country": 0.08,  # taken off for each country more than one
    "language": 0.06,  # taken off where there is no one language of all
    "help": 0.02,  # added at most for how often its members have helped others
}
"""What counts beside the share of the needs that a consortium covers."""
LEAD = {
    "covers": 0.60,  # its own share of the needs
    "help": 0.15,
    "language": 0.25,  # the share of the others, the partner included, with whom it can surely talk
}
"""What counts how much in who leads; each gives 0 to 1."""
