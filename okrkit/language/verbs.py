"""Verbs by what a key result does with them, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .words import word_set

_VERBS = {
    # a metric is said to move
    "change": """accelerate beat boost climb curb cut decline decrease diminish double drop
        exceed fall grow halve increase lengthen lessen lift lower maximise minimise
        narrow outpace outperform quadruple raise reduce rise shorten shrink slash
        surpass triple""",
    # a change is named, but often of an own deliverable
    "improve": """advance better bolster broaden cultivate deepen diversify ease elevate
        eliminate enhance expand foster improve mature optimise progress scale sharpen
        simplify speed stabilise streamline strengthen tighten unblock""",
    # a level is to be arrived at
    "reach": """accept achieve acquire activate aim attain attract average avoid become break
        bring capture close convert draw drive earn gain generate get have hit match meet
        monetise obtain onboard pass prevent qualify rank re-engage reach realise
        receive recover renew retain save score secure see sell shift sign stop target
        turn upsell win""",
    # held where it is
    "keep": """hold keep maintain preserve remain stay sustain uphold""",
    # somebody else must say yes
    "grant": """appoint hire recruit rehire""",
    # no weight of its own: what follows decides
    "carry": """allow aspire assure begin commit confirm continue deliver empower enable
        encourage ensure focus guarantee help make provide seek start strive support try
        want work""",
    # work in the team's own hands
    "deliver": """adapt add address adjust administer adopt advertise agree align allocate
        analyse annotate announce answer apply approve archive assemble assess assign
        attend audit author automate backup baseline benchmark blog bootstrap brief
        budget build bundle buy cache calculate call carry catalog catalogue categorise
        celebrate centralise certify choose clarify classify clean clean-up cleanup
        clear coach codify collaborate collate collect commence commission communicate
        compile complete compute conduct configure connect consolidate construct consult
        contact containerise contribute convene convey coordinate cover craft create
        curate customise debrief debug decide decommission dedicate define delete demo
        demonstrate deploy deprecate deprioritise describe design develop devise devote
        digitalise digitise discuss do distribute document dogfood draft edit educate embed
        enact encrypt enforce engage enrich equip establish estimate evaluate evolve
        examine execute experiment explore export expose extend facilitate file fill
        film finalise finish fix forecast form formalise formulate furnish gamify gather
        give go grade hand handle handover harden host identify implement import include
        incorporate index inform initiate insource inspect install institute
        institutionalise instrument integrate interview introduce inventory invest
        investigate invite isolate iterate join kick-off kickoff label launch lead learn
        leverage liaise link list lobby localise log look manage mandate map market
        measure mentor merge migrate mitigate modernise monitor move negotiate nominate
        notify offboard offer open operate operationalise order organise outline
        outsource overhaul oversee own package paint parse participate partner patch
        perform pilot pitch plan plant populate port post practise prepare present print
        prioritise process procure produce profile promote propose prototype publicise
        publish purchase pursue put ramp rate ratify re-design re-evaluate re-launch
        read rearchitect rebrand rebuild recognise recommend reconcile record redefine
        redesign reevaluate refactor refine refresh regenerate rehearse reimagine
        reinforce relaunch release relocate remediate remove rename render renovate
        reorder reorganise repair replace report request require research reshape
        resolve respond restore restructure rethink retire revamp review revise reward
        rework rewrite roll roll-out rollout rotate run scan schedule scope screen seed
        segment select send separate set set-up setup share ship shortlist showcase
        sign-off simulate socialise solicit solve source speak specify spend split
        sponsor spread staff stand-up standardise stock structure study submit supply
        surface survey sync synchronise systematise tag tailor teach test track train
        transfer transform transition translate triage trial tune tweet undertake unify
        update upgrade upload upskill use utilise validate verify vet visit visualise
        write""",
}  # fmt: skip

#: verbs of people outside the team: what they do with what we made
USES = word_set(
    """activate activated activates adhere adheres adopt adopted adopting adopts agree agrees
    applied applies apply ask asks attend attended attends believe believes benefit
    benefits bought build builds buy buys choose chooses chosen click clicked clicks
    come comes complete completed completes consume consumes contribute contributed
    contributes contributing convert converted converts depend depends deploy deployed
    deploys donate donated donates download downloaded downloads engage engaged engages
    enrol enroll enrolled enrolls enrols extend extended extends feel feels find finds
    graduate graduated graduates integrate integrated integrates join joined joins know
    knows log logged login logs mention mentions notice notices open opened opens paid
    participate participated participates pass passes pay paying pays prefer prefers
    purchase purchased purchases rate rated rates read reads recall recalls recommend
    recommended recommends refer referred refers register registered registers relied
    relies rely remember remembers renew renewed renews report reported reports respond
    responded responds retain retained return returned returns run running runs say says
    score scores sign signed signs solve solves stay stayed stays subscribe subscribed
    subscribes trust trusts understand understands upgrade upgraded upgrades use used
    uses using visit visited visits volunteer volunteered watch watched watches"""
)

_IRREGULAR = {
    "do": ("does", "did", "done", "doing"),
    "go": ("goes", "went", "gone", "going"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "learn": ("learns", "learned", "learnt", "learning"),
    "oversee": ("oversees", "oversaw", "overseen", "overseeing"),
    "rethink": ("rethinks", "rethought", "rethinking"),
    "shrink": ("shrinks", "shrank", "shrunk", "shrinking"),
    "speed": ("speeds", "sped", "speeded", "speeding"),
    "spread": ("spreads", "spreading"),
    "strive": ("strives", "strove", "striven", "strived", "striving"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "upsell": ("upsells", "upsold", "upselling"),
    "uphold": ("upholds", "upheld", "upholding"),
    "grow": ("grows", "grew", "grown", "growing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "cut": ("cuts", "cutting"),
    "beat": ("beats", "beaten", "beating"),
    "hit": ("hits", "hitting"),
    "get": ("gets", "got", "gotten", "getting"),
    "have": ("has", "had", "having"),
    "see": ("sees", "saw", "seen", "seeing"),
    "win": ("wins", "won", "winning"),
    "meet": ("meets", "met", "meeting"),
    "sell": ("sells", "sold", "selling"),
    "drive": ("drives", "drove", "driven", "driving"),
    "bring": ("brings", "brought", "bringing"),
    "become": ("becomes", "became", "becoming"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "keep": ("keeps", "kept", "keeping"),
    "hold": ("holds", "held", "holding"),
    "make": ("makes", "made", "making"),
    "begin": ("begins", "began", "begun", "beginning"),
    "seek": ("seeks", "sought", "seeking"),
    "write": ("writes", "wrote", "written", "writing"),
    "build": ("builds", "built", "building"),
    "run": ("runs", "ran", "running"),
    "teach": ("teaches", "taught", "teaching"),
    "set": ("sets", "setting"),
    "put": ("puts", "putting"),
    "give": ("gives", "gave", "given", "giving"),
    "send": ("sends", "sent", "sending"),
    "buy": ("buys", "bought", "buying"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "split": ("splits", "splitting"),
    "rewrite": ("rewrites", "rewrote", "rewritten", "rewriting"),
    "rebuild": ("rebuilds", "rebuilt", "rebuilding"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "lead": ("leads", "led", "leading"),
    "spend": ("spends", "spent", "spending"),
    "read": ("reads", "reading"),
}  # fmt: skip

#: forms that are nouns far more often than verbs: never a verb unless a clause begins with them
NOUN_FORMS = word_set(
    """audits averages baseline baselines beats beginning benchmark benchmarks brief budget
    budgets building calls contacts cuts decreases demos designs drops files forms grade
    grades hits increases index indexes interviews inventory label labels lead leads led
    lists logs maps markets matches means meeting offers orders partners pilots planning
    plans posts process processes profile profiles ranks rate rates releases report reports
    reviews rises saves scores sets setting shifts sources spending staff stocks supports
    surveys targets tests turns visits wins"""
)


class Verb(NamedTuple):
    """One form of a verb: its class, its plain form, and how it is inflected."""

    kind: str  #: change, improve, reach, keep, grant, carry or deliver
    base: str
    form: str  #: "base", "s", "ed" or "ing"


#: a short verb such as `plan`, whose last letter is doubled
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_DOUBLED = word_set("bootstrap commit debug embed equip refer submit transfer")
_DOUBLED_IN_BRITISH = word_set("label model trial")
#: nouns made of a verb and a small word: written alike, never inflected as one
_JOINED = word_set(
    """backup clean-up cleanup handover kick-off kickoff roll-out rollout set-up setup sign-off
    stand-up"""
)


def _regular(base: str) -> tuple[str, ...]:
    if base in _JOINED:
        return ()
    if base in _DOUBLED_IN_BRITISH:
        return base + "s", base + "led", base + "ed", base + "ling", base + "ing"
    if base in _DOUBLED or _SHORT.fullmatch(base):
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    if base.endswith("ee"):
        return base + "s", base + "d", base + "ing"
    if base.endswith("e"):
        return base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith(("s", "x", "ch", "sh")):
        return base + "es", base + "ed", base + "ing"
    return base + "s", base + "ed", base + "ing"


def _form(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "ed"


_NEVER_IZE = word_set("advertise devise liaise practise raise revise rise")


def _spellings(base: str) -> tuple[str, ...]:
    if base in _NEVER_IZE:
        return (base,)
    american = base[:-3] + "ize" if base.endswith("ise") else base
    american = american[:-3] + "yze" if base.endswith("yse") else american
    return (base,) if american == base else (base, american)


def _all_forms() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for kind, block in _VERBS.items():
        for base in block.split():
            for spelling in _spellings(base):
                found.setdefault(spelling, Verb(kind, base, "base"))
                for word in _IRREGULAR.get(base, _regular(spelling)):
                    found.setdefault(word, Verb(kind, base, _form(word)))
    return found


VERBS: Mapping[str, Verb] = MappingProxyType(_all_forms())
