"""Handlers HEAR what people say in Telegram: one conversation, one file.

`ROUTERS` are asked in this order, and the first that understands answers:

1. languages: the name of one where it was asked for, whatever else waits; then answers: words for a
   question of the profile that waits, which most of what is said is, and before them a whole
   introduction where a name was asked for;
2. start and privacy: commands and consent, which strangers may use too;
3. strangers: anybody else who has not consented is asked to, and nothing more;
4. the conversations of people who have consented;
5. the profile's questions, which take anything else, too: so they come after the commands;
6. refusals: what nobody understood.
"""
