"""The command line. What a command needs is imported when it runs: the sandbox's page is up long
before aiogram is."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    name="bot",
    help="Partnerlotse: brings municipalities and utilities together, on Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

resolve = typer.Typer(
    help="Say what free text from standard input is taken for.", no_args_is_help=True
)
app.add_typer(resolve, name="resolve")


def _settings() -> "Settings":
    """The settings, or one clear sentence for each that is wrong."""
    from pydantic import ValidationError

    from bot.settings import settings

    try:
        return settings()
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][0]).upper()
            typer.echo(f"{name}: {error['msg']}", err=True)
        raise SystemExit(2) from None


def _until_told(work: "Callable[[Settings, asyncio.Event], Awaitable[None]]") -> None:
    """Run until the process is asked to end; then end in order."""
    from bot.journal import keep_journal

    chosen = _settings()
    keep_journal(chosen.log_level, chosen.token)

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        await work(chosen, stop)

    try:
        asyncio.run(main())
    except Exception as error:
        from bot.faults import sentence_for

        sentence = sentence_for(error)
        if sentence is None:
            raise
        raise SystemExit(sentence) from None


@app.command()
def run() -> None:
    """Start the bot; without BOT_TOKEN also a Telegram of your own to try it on."""
    # What is being imported stays; looking for rubbish in it takes a fifth of the time.
    gc.disable()
    chosen = _settings()
    sandbox_process = _start_sandbox(chosen) if chosen.own_sandbox else None
    try:
        from bot.listening import listen

        _until_told(listen)
    finally:
        if sandbox_process is not None:
            sandbox_process.terminate()
            sandbox_process.wait(10)


def _start_sandbox(chosen: "Settings") -> "subprocess.Popen[bytes]":
    """The sandbox in a process of its own, before anything heavy is imported."""
    chosen_here = {
        "SANDBOX_TOKEN": chosen.sandbox_token,
        "SANDBOX_HOST": chosen.sandbox_host,
        "SANDBOX_PORT": str(chosen.sandbox_port),
        "VAR_DIR": str(chosen.var_dir),
    }
    command = [sys.executable, "-m", "bot", "sandbox"]
    process = subprocess.Popen(command, env=os.environ | chosen_here)  # noqa: S603, our own command
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{chosen.sandbox_url}/sim/bot", timeout=5):  # noqa: S310, our own address
                if process.poll() is not None:
                    break  # somebody else answers there: ours could not have the port
                typer.echo(f"\n  Open the chat page: {chosen.sandbox_url}\n")
                return process
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    process.terminate()
    raise SystemExit(
        f"The sandbox does not answer on port {chosen.sandbox_port}. "
        "If something else uses that port, set SANDBOX_PORT to another one."
    )


@app.command()
def sandbox() -> None:
    """Start the sandbox alone: a Bot API server and a chat page, for any bot."""
    from sandbox.serve import SandboxSettings
    from sandbox.serve import run as serve

    # Read here and not through bot/settings.py: the page must be up within a second.
    serve(
        SandboxSettings(
            token=os.environ.get("SANDBOX_TOKEN") or "4242:sandbox",
            host=os.environ.get("SANDBOX_HOST") or "127.0.0.1",
            port=int(os.environ.get("SANDBOX_PORT") or 8081),
            database=Path(os.environ.get("VAR_DIR") or "var") / "sandbox.sqlite3",
            bot_name="Partnerlotse",
            bot_username="partnerlotse_bot",
        )
    )


@app.command()
def worker() -> None:
    """Deliver what waits in the outbox, beside other workers; needs no aiogram."""
    from bot.working import work

    _until_told(work)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from storage.migrate import revisions, upgrade

    upgrade(_settings().database)
    typer.echo(f"The database is at version {revisions()[-1]}.")


@app.command()
def gazetteer() -> None:
    """Build the gazetteer of places, which set-up does once."""
    from tqdm import tqdm

    from matching.gazetteer import build

    folder = _settings().gazetteer
    with tqdm(desc="Building the gazetteer", unit="%", mininterval=0.5, file=sys.stdout) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        build(folder, report)


@app.command()
def learn(
    ship: Annotated[
        bool, typer.Option(help="Learn the head on meanings anew and put it among the sources")
    ] = False,
) -> None:
    """Learn topics from labels and utterances, which set-up does once."""
    from tqdm import tqdm

    from domain.topics import load_topics
    from matching import topic_learning
    from matching.meanings import installed

    meanings = installed()
    folder = _settings().topics
    with tqdm(desc="Learning topics", unit=" texts", mininterval=0.5, file=sys.stdout) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        if ship and meanings is not None:
            topic_learning.ship(load_topics(), folder, meanings, report)
        topic_learning.learn(load_topics(), folder, meanings, report)


@app.command()
def texts(
    check: Annotated[bool, typer.Option(help="Only say whether all is complete")] = False,
    lang: Annotated[str, typer.Option(help="Print this language's texts, with context")] = "de",
) -> None:
    """Every text of a language for a reviewer, or whether all languages are complete."""
    from locales.review import faults, sheet

    if not check:
        try:
            typer.echo(sheet(lang))
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--lang") from error
        return
    found = faults()
    for fault in found:
        typer.echo(fault, err=True)
    if found:
        raise SystemExit(1)
    typer.echo("Translations are complete.")


@resolve.callback()
def resolve_group() -> None:
    """Say what free text from standard input is taken for, one JSON object a line."""


_Lang = Annotated[str, typer.Option(help="The language of lines that do not name theirs")]
_Format = Annotated[str, typer.Option("--format", help="jsonl: one JSON object a line")]


def _check_resolving(lang: str, form: str) -> None:
    from domain.languages import LANGUAGES

    if form != "jsonl":
        raise typer.BadParameter("there is only jsonl", param_hint="--format")
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--lang")


@resolve.command("topics")
def resolve_topics(lang: _Lang = "", form: _Format = "jsonl") -> None:
    """Topics meant in lines `language<TAB>text`; with --lang also lines of text alone."""
    from bot.resolving import resolve_topics
    from bot.understanding import topics_of
    from matching.topics import TopicsNotLearned

    _check_resolving(lang, form)
    try:
        finder = topics_of(_settings())
    except TopicsNotLearned as missing:
        raise SystemExit(str(missing)) from None
    typer.echo(f"Topics are found by {finder.mode.words}.", err=True)
    resolve_topics(finder, sys.stdin.buffer, lang, sys.stdout.buffer)


@resolve.command("places")
def resolve_places(lang: _Lang = "", form: _Format = "jsonl") -> None:
    """Places named in lines `language<TAB>country or empty<TAB>text`; with --lang also lines of
    text, or `country<TAB>text`."""
    from bot.resolving import resolve_places
    from matching.place_index import GazetteerUnavailableError

    _check_resolving(lang, form)
    try:
        resolve_places(_settings().gazetteer, sys.stdin.buffer, lang, sys.stdout.buffer)
    except GazetteerUnavailableError as missing:
        raise SystemExit(str(missing)) from None


@app.command()
def invite_admin() -> None:
    """Print a one-time code that makes whoever sends it to the bot an administrator."""
    from bot.roles import invitation

    typer.echo(asyncio.run(invitation(_settings())))


@app.command()
def trail(
    limit: Annotated[int, typer.Option(min=1, help="So many of the newest lines")] = 50,
) -> None:
    """Print who did what, by ids: roles, confirmations, reports. The newest line comes last."""
    from bot.roles import trail_lines

    for line in asyncio.run(trail_lines(_settings(), limit)):
        typer.echo(line)


@app.command("make-key")
def make_key() -> None:
    """Make a key for CONTACT_KEYS, which encrypts contact details."""
    from storage.sealing import new_key

    typer.echo(new_key())


@app.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypt all contact details anew with the first of CONTACT_KEYS."""
    from bot.keys import rotated

    typer.echo(f"Contact details encrypted anew: {asyncio.run(rotated(_settings()))}.")


@app.command()
def doctor() -> None:
    """Say what is wrong with settings, database, token and time zones, and what to do."""
    from bot.doctor import examine

    raise SystemExit(asyncio.run(examine(_settings())))


ProfilesOption = Annotated[Path, typer.Option("--profiles", help="A CSV file; docs/what-if.md")]
FormatOption = Annotated[
    Literal["text", "jsonl"], typer.Option("--format", help="To read, or one JSON object a line")
]
LanguageOption = Annotated[
    Literal["de", "en", "fr", "es", "pt", "uk", "ar"],
    typer.Option("--lang", help="The language of the reasons"),
]
TopOption = Annotated[int, typer.Option(min=1, help="So many at most")]


@app.command()
def suggest(
    profiles: ProfilesOption,
    only: Annotated[str | None, typer.Option("--for", help="Only for the one of this name")] = None,
    top: TopOption = 5,
    form: FormatOption = "text",
    lang: LanguageOption = "en",
) -> None:
    """Say who of a file of profiles fits whom, and why; without a database."""
    from bot.whatif import suggest_from

    suggest_from(profiles, only, top, form, lang)


@app.command()
def rounds(
    profiles: ProfilesOption,
    size: Annotated[int, typer.Option(min=2, max=5, help="So many sit together")] = 2,
    seed: Annotated[
        int | None, typer.Option(help="The same seed makes the same round; drawn where not given")
    ] = None,
    form: FormatOption = "text",
) -> None:
    """Give everybody in a file of profiles a peer, or a group, and say why."""
    from bot.whatif import rounds_from

    rounds_from(profiles, size, seed, form)


@app.command()
def consortia(
    profiles: ProfilesOption,
    partner: Annotated[str, typer.Option("--for", help="The partner, by name")],
    top: TopOption = 5,
    form: FormatOption = "text",
) -> None:
    """Say which two or three in a file of profiles together cover what a partner needs."""
    from bot.whatif import consortia_from

    consortia_from(profiles, partner, top, form)


if __name__ == "__main__":
    app()
