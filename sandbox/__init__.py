"""PRETENDS: a Telegram of your own. It knows Telegram's Bot API and no more."""
