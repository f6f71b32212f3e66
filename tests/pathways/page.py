"""docs/pathways.md, written from the pathway files and from the specs beside this file."""

from importlib import import_module

from offramp import pathways
from offramp.rules import packs
from offramp.rules.clocks import timer
from offramp.rules.criteria import Criterion
from offramp.rules.pathway import Pathway
from tests.pathways.spec import Spec

MARK = {"yes": "✓ yes", "no": "✗ no", "unknown": "? not known yet"}


def page(by: str) -> str:
    """The page, with the line that says who wrote it."""
    text = "# Pathways\n\n" + by
    text += "The five ways in, as the rules have them. A pathway is one file in `src/offramp/pathways/`; a pack in\n"
    text += "`src/offramp/packs/` sets its criteria, terms and clocks for one place. Everything below is read from those\n"
    text += "files; the examples are the specs in `tests/pathways/`, and each is a test. What the source keys stand for:\n"
    text += "[sources](sources.md). A sixth pathway: [how to add one](guides/a-sixth-pathway.md).\n\n"
    text += _overview() + "".join(_pathway(pathway) for pathway in pathways.ALL.values()) + _packs()
    return text


def _overview() -> str:
    text = "| Pathway | Who starts it | For whom | Charge | Name needed |\n|---|---|---|---|---|\n"
    for one in pathways.ALL.values():
        starts = ", ".join(start.value.replace("_", " ") for start in one.starts_with)
        charge = "waits" if one.charges_allowed else "none, ever"
        text += f"| [{one.name}](#{_anchor(one)}) | {starts} | {one.serves} | {charge} | {'no' if one.anonymous else 'yes'} |\n"
    return text


def _anchor(pathway: Pathway) -> str:
    return str(pathway.name).lower().replace(" ", "-")


def _pathway(pathway: Pathway) -> str:
    text = f"\n## {pathway.name}\n\n{pathway.about}\n\n"
    text += f"- **For**: {pathway.serves}\n"
    text += f"- **Saying no**: {pathway.declining}\n"
    text += f"- **Warrants**: {'checked first' if pathway.warrant_check else 'not looked for'}\n"
    text += f"- **Version of these rules**: `{pathway.version}`\n"
    return (
        text + _criteria(pathway) + _waits(pathway) + _clocks(pathway) + _examples(pathway) + _rest(pathway)
    )


def _criteria(pathway: Pathway) -> str:
    text = "\n### What must be so\n\n| Criterion | So | Not so | A no can be lifted by | Source |\n|---|---|---|---|---|\n"
    for one in pathway.criteria:
        fixed = " (fixed: no pack changes it)" if one.name in pathway.fixed else ""
        text += f"| `{one.name}`{fixed} | {one.because} | {one.but} | {_lifted(one)} | {one.source} |\n"
    return text


def _lifted(criterion: Criterion) -> str:
    if criterion.override_by:
        return f"a {criterion.override_by.value}"
    return f"nobody; unknown: a {criterion.unknown_goes_to.value}" if criterion.unknown_goes_to else "nobody"


def _waits(pathway: Pathway) -> str:
    terms = pathway.waits
    if terms is None:
        return "\n### What waits\n\nNothing. No charge may hang on the answer, and no screen offers a charge field.\n"
    repeats = "no cap" if terms.repeats_most is None else f"at most {terms.repeats_most}"
    return (
        f"\n### What waits\n\n{terms.waits} {terms.ends}\n\n"
        f"- Way of waiting: {terms.mechanic.value}; who decides in the end: {terms.decides.value}\n"
        f"- Report in: {terms.report_in}; intake: {terms.intake}; plan: {terms.plan}, at most {terms.longest_plan}\n"
        f"- Again: {repeats}; cost to the person: {terms.cost_to_person or 'none'}; admission: {'asked' if terms.admission else 'not asked'}\n"
        f"- Officer's discretion: {terms.discretion.value}; several offences: {terms.mixed_charges.value.replace('_', ' ')}\n"
        "- Nothing is filed by itself; a plan ends 30 days before the last day to file, unless counsel signed otherwise\n"
    )


def _clocks(pathway: Pathway) -> str:
    text = "\n### Clocks\n\n| Timer | What | After | Due |\n|---|---|---|---|\n"
    for clock in pathway.clocks:
        line = timer(clock.timer)
        text += f"| [{line.id}](timers.md) | {line.says} | {clock.after} | {line.due} |\n"
    return text


def _examples(pathway: Pathway) -> str:
    try:
        specs = import_module(f"tests.pathways.test_{pathway.key}").SPECS
    except ModuleNotFoundError:
        return ""
    text = "\n### Examples\n\n| These facts | This verdict | Because |\n|---|---|---|\n"
    return text + "".join(_example(pathway, spec) for spec in specs)


def _example(pathway: Pathway, spec: Spec) -> str:
    verdict = spec.verdict(pathway.key)
    said = MARK[verdict.answer] + (f", a {verdict.needs.value} decides" if verdict.needs else "")
    against = [str(finding.reason) for finding in verdict.findings if finding.stands == "no"]
    open_ones = [str(finding.reason) for finding in verdict.findings if finding.stands == "unknown"]
    lifted = [
        f"{finding.reason} (set aside by a {finding.overridden_by.value})"
        for finding in verdict.findings
        if finding.overridden_by
    ]
    because = against or open_ones or lifted or ["Everything is so"]
    return f"| {spec.says} | {said} | {'; '.join(because)} |\n"


def _rest(pathway: Pathway) -> str:
    needs = pathway.needs
    return (
        "\n### What it takes\n\n"
        f"- **Must have**: {'; '.join(map(str, needs.must_have))}\n"
        f"- **Helps**: {'; '.join(map(str, needs.helps))}\n"
        f"- **Written down**: {'; '.join(map(str, needs.policies))}\n"
        f"- **Cost**: {needs.cost}\n"
        f"\nMeasures: {', '.join(pathway.measures)}. Endings: {', '.join(f'`{one}`' for one in pathway.endings)}.\n"
    )


def _packs() -> str:
    text = "\n## Packs that ship\n\nSamples, drawn from public pages and approved by nobody; Rivermouth is made up.\n\n"
    text += "| Pack | Place | State | Sets | Source |\n|---|---|---|---|---|\n"
    for name in packs.names():
        pack = packs.get(name)
        sets = ", ".join(key.replace("_", " ") for key in pack.pathways)
        text += (
            f"| `{name}` {pack.version} | {pack.place} | {pack.state.value} | {sets} | {pack.citation} |\n"
        )
    return text
