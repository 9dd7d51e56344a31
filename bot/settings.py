"""Every setting, read once from the environment (and from a file .env, if there is one).

The table in README.md is held against this class by a test.
"""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
SANDBOX = "4242:sandbox"


class Settings(BaseSettings):
    """What can be set from outside. Secrets come from here and from nowhere else."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", str_strip_whitespace=True, env_ignore_empty=True
    )

    bot_token: Annotated[
        SecretStr | None,
        Field(description="The token from @BotFather; without one the sandbox is used"),
    ] = None
    telegram_api_url: Annotated[
        str | None,
        Field(description="Another Bot API server: Telegram's own one run by you, or a sandbox"),
    ] = None
    database_url: Annotated[
        str | None,
        Field(description="sqlite:///… or postgresql://…; without one SQLite under VAR_DIR"),
    ] = None
    var_dir: Annotated[
        Path, Field(description="Where data lies: databases and what set-up built")
    ] = Path("var")
    gazetteer_dir: Annotated[
        Path | None, Field(description="The built gazetteer; without it VAR_DIR/gazetteer")
    ] = None
    topics_dir: Annotated[
        Path | None, Field(description="What was learned of topics; without it VAR_DIR/topics")
    ] = None
    redis_url: Annotated[
        str | None,
        Field(description="redis://…: several processes on one token share their limits there"),
    ] = None
    operator_name: Annotated[str, Field(description="Who runs this bot, as shown by /privacy")] = (
        "Partnerlotse"
    )
    operator_contact: Annotated[
        str, Field(description="How to reach them, as shown by /privacy")
    ] = "–"
    remind_after_days: Annotated[
        float, Field(gt=0, description="An unanswered introduction reminds after so many days")
    ] = 5
    expire_after_days: Annotated[
        float, Field(gt=0, description="An unanswered introduction expires after so many days")
    ] = 14
    follow_up_after_days: Annotated[
        float,
        Field(gt=0, description="So many days after an introduction both are asked how it went"),
    ] = 14
    erase_after_hours: Annotated[
        float, Field(ge=0, description="Hours in which /deletemydata can be taken back")
    ] = 48
    announce_alone_up_to: Annotated[
        int,
        Field(
            ge=0,
            description="Announcing to more people, or changing that, needs a second coordinator",
        ),
    ] = 200
    keep_updates_days: Annotated[
        float,
        Field(
            gt=0,
            description="Handled updates are remembered for so many days",
        ),
    ] = 3
    keep_notices_days: Annotated[
        float, Field(gt=0, description="Notices that were sent are remembered for so many days")
    ] = 180
    keep_trail_days: Annotated[
        float, Field(gt=0, description="Who did what is remembered for so many days")
    ] = 365
    keep_showings_days: Annotated[
        float, Field(gt=0, description="Who was shown to whom is remembered for so many days")
    ] = 365
    keep_concerns_days: Annotated[
        float,
        Field(gt=0, description="Settled reports and feedback go after so many days"),
    ] = 365
    keep_introductions_days: Annotated[
        float, Field(gt=0, description="Withdrawn and unanswered requests go after so many days")
    ] = 365
    keep_people_days: Annotated[
        float,
        Field(
            gt=30,
            description="Who was not here for so many days is warned 30 days before, and erased",
        ),
    ] = 730
    contact_keys: Annotated[
        SecretStr | None,
        Field(description="Keys that encrypt contact details, newest first, by commas; or `none`"),
    ] = None
    webhook_url: Annotated[
        str | None,
        Field(description="Public https address for updates; without one the bot asks for them"),
    ] = None
    webhook_secret: Annotated[
        SecretStr | None,
        Field(description="What Telegram must show with each update; needed with WEBHOOK_URL"),
    ] = None
    webhook_host: Annotated[
        str, Field(description="Where the webhook, or calendars, are listened for")
    ] = "127.0.0.1"
    webhook_port: Annotated[int, Field(description="The port of the webhook, or of calendars")] = (
        8080
    )
    public_url: Annotated[
        str | None,
        Field(description="Public https address; where it is set, calendars can be subscribed to"),
    ] = None
    deliver_here: Annotated[
        bool,
        Field(description="Whether `run` also delivers; switch off where workers do it"),
    ] = True
    sends_per_second: Annotated[
        float, Field(description="How fast messages leave in all; 0 for no limit of ours")
    ] = 29.5
    updates_per_person: Annotated[
        int,
        Field(
            ge=0,
            description="So many updates of one person within ten seconds are heard; 0 for all",
        ),
    ] = 25
    lease_seconds: Annotated[
        float, Field(gt=0, description="A worker's claim on what it delivers ends after this")
    ] = 20
    tick_seconds: Annotated[
        float | None,
        Field(description="How often what is due is looked for; 30, in the sandbox 1"),
    ] = None
    examples: Annotated[
        bool, Field(description="Whether the sandbox is given example organisations")
    ] = True
    sandbox_token: Annotated[str, Field(description="The token of the sandbox's bot")] = SANDBOX
    sandbox_host: Annotated[str, Field(description="Where the sandbox listens")] = "127.0.0.1"
    sandbox_port: Annotated[int, Field(description="The port of the sandbox")] = 8081
    log_level: Annotated[str, Field(description="debug, info, warning or error")] = "info"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("one of debug, info, warning, error")
        return value.lower()

    @property
    def in_sandbox(self) -> bool:
        """Without a token there is only the sandbox."""
        return self.bot_token is None

    @property
    def own_sandbox(self) -> bool:
        """Whether `run` starts the sandbox itself: nobody named one that runs already."""
        return self.in_sandbox and self.telegram_api_url is None

    @property
    def token(self) -> str:
        """The token in use."""
        return self.bot_token.get_secret_value() if self.bot_token else self.sandbox_token

    @property
    def api_url(self) -> str:
        """The Bot API server in use, without a slash at its end."""
        otherwise = self.sandbox_url if self.in_sandbox else TELEGRAM
        return (self.telegram_api_url or otherwise).rstrip("/")

    @property
    def sandbox_url(self) -> str:
        """Where our own sandbox answers."""
        return f"http://{self.sandbox_host}:{self.sandbox_port}"

    @property
    def database(self) -> str:
        """The database's URL; what is tried out in the sandbox never mixes with real people."""
        name = "sandbox-bot" if self.in_sandbox else "partnerlotse"
        return self.database_url or f"sqlite:///{self.var_dir}/{name}.sqlite3"

    @property
    def topics(self) -> Path:
        """Where lies what was learned of topics."""
        return self.topics_dir or self.var_dir / "topics"

    @property
    def gazetteer(self) -> Path:
        """Where the built gazetteer lies."""
        return self.gazetteer_dir or self.var_dir / "gazetteer"

    @property
    def bot_id(self) -> int:
        """The bot's own Telegram id, which its token begins with."""
        return int(self.token.split(":")[0])

    @property
    def lease(self) -> timedelta:
        """How long a worker's claim holds."""
        return timedelta(seconds=self.lease_seconds)

    @property
    def tick(self) -> float:
        """Seconds between two looks for what is due."""
        return self.tick_seconds or (1.0 if self.in_sandbox else 30.0)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
