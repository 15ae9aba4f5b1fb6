"""sample: the articles of a campaign's round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.campaign.sample import Round
    from curation.workspace import Workspace

BY = ("outlet", "month", "section")


def _by(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in BY:
            raise click.BadParameter(f"'{name}' is none of {', '.join(BY)}. Write it as outlet,month.")
    return names


def _quota(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, int] | None:
    found = {}
    for value in values:
        name, _, count = value.rpartition("=")
        if ":" not in name or not count.isdecimal() or not int(count):
            raise click.BadParameter(f"'{value}' is no quota. Write it as outlet:Detak=50.")
        found[name] = int(count)
    return found or None


@click.command("sample")
@click.argument("campaign")
@click.option("-n", "count", type=click.IntRange(1), help="Articles to draw.  [default: as before, at first all]")
@click.option("--add", type=click.IntRange(1), help="Draw so many more; what is drawn stays, whatever came since.")
@click.option("--round", "round_", default="main", show_default=True, help="training, pilot, main ...")
@click.option("--seed", type=int, help="Another one draws another sample.  [default: as before, at first 1]")
@click.option(
    "--by",
    callback=_by,
    help="What strata are made of: outlet, month, section, or several, such as outlet,month.  [default: [sample] by]",
)
@click.option(
    "--quota",
    multiple=True,
    callback=_quota,
    metavar="WHAT:VALUE=N",
    help="Articles of a value, whatever its share: outlet:Detak=50.  [default: [sample.quota]]",
)
@click.option("--codebook", help="Shipped codebook to start from: stance or topic.  [default: the campaign's own]")
@voice_options
@in_workspace
def sample(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    count: int | None,
    add: int | None,
    round_: str,
    seed: int | None,
    by: tuple[str, ...] | None,
    quota: dict[str, int] | None,
    codebook: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Draw the articles of CAMPAIGN that are labelled, at random from each stratum, with the chance of each.

    A round that is drawn already is shown as it is; it is drawn anew where something else is asked for and nobody has
    its tasks. No article is in two rounds.
    """
    from curation.verbs.campaign.sample import sample as draw

    if count and add:
        raise click.UsageError("-n is the size of a sample, --add draws more of it: give one of them")
    made = draw(
        workspace,
        campaign,
        settings.sample,
        shipped=codebook,
        round_=round_,
        n=count,
        add=add,
        seed=seed,
        by=by,
        quota=quota,
    )
    voice = Voice(as_json, quiet)
    voice.result({**vars(made), "strata": [vars(one) for one in made.strata], "design": _plain(made)}, _table(made))
    total = f"round {made.round}: {made.articles:,} articles, {made.tasks:,} tasks"
    voice.say(f"\n{total}; {f'{made.new:,} drawn now' if made.new else 'nothing new was drawn'}")
    for note in made.notes:
        voice.say(note)
    if made.new and (made.folder / "tasks.json").exists():
        voice.say("tasks.json there is of before the draw, and lacks what is new: export it again.")
    which = campaign if round_ == "main" else f"{campaign} --round {round_}"
    voice.say(f"\nNext: curation label assign {which}, or for one project of all: curation label export {which}")


def _plain(made: Round) -> dict[str, object] | None:
    import msgspec

    return None if made.design is None else msgspec.to_builtins(made.design)


def _table(made: Round) -> str:
    """The strata, and what was drawn of each."""
    width = max([len(one.name) for one in made.strata] + [len("stratum")])
    lines = [f"{'stratum':<{width}} {'articles':>9} {'drawn':>7} {'probability':>15}"]
    for one in made.strata:
        low, high = (f"{chance:.4f}" for chance in one.chances)
        chance = low if low == high else f"{low}–{high}"
        lines.append(f"{one.name:<{width}} {one.articles:>9,} {one.drawn:>7,} {chance:>15}")
    total, drawn = sum(one.articles for one in made.strata), sum(one.drawn for one in made.strata)
    return "\n".join([*lines, f"{'':<{width}} {total:>9,} {drawn:>7,}"])
