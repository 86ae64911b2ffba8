"""Which words of a text decided, by which rule, and why that rule says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from okrkit.language.tokens import Token

#: rule -> (what is said of the words found, why that decides)
RULES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "change_verb": ("leading verb “{}”", "It says that something moves."),
    "improve_verb": ("leading verb “{}”", "It promises something better; what that is decides."),
    "reach_verb": ("leading verb “{}”", "It says that something is reached; what it is decides."),
    "keep_verb": ("leading verb “{}”", "It says that a level stays where it is."),
    "grant_verb": ("leading verb “{}”", "Somebody else has to say yes."),
    "carry_verb": ("leading verb “{}”", "It says little by itself; what follows decides."),
    "deliver_verb": ("leading verb “{}”", "It names work in the team's own hands."),
    "metric": ("metric “{}”", "It can be read off a dial, or felt by those it is for."),
    "metric_target": ("metric “{}” with a target", "It can be read off a dial."),
    "count": ("count of “{}”", "Others decide how many there are."),
    "count_target": ("count of “{}” with a target", "Others decide how many there are."),
    "counted": ("count of “{}”", "It counts something of which nothing says that others bring it."),
    "artefact": ("artefact “{}”", "The team makes, does or holds it."),
    "measure": ("measure “{}”", "A number that decides whether it is reached."),
    "accepts": ("a second party accepts", "It takes somebody else to say yes."),
    "signs": ("a second party signs", "It takes somebody else to say yes."),
    "granted": ("“{}”, which a second party grants", "It takes somebody else to say yes."),
    "training": ("own people complete a training", "Attending is activity, not change."),
    "own_work": ("own work “{}”", "How much is worked off is in the team's own hands."),
    "others_do": ("“{}” who “{}”", "People outside the team decide whether they do it."),
    "others_feel": ("“{}” who “{}”", "Those whom it is for decide how it feels."),
    "taken_up": ("“{}” others", "People outside the team decide whether they use it."),
    "own_behave": ("own people, “{}”, who “{}”", "They work in another way than before."),
    "moved": ("change “{}”", "Something moves for others."),
    "kept": ("“{}”", "It says that a level stays where it is."),
    "handled": ("“{}” “{}”", "How fast or how well others are served."),
    "level": ("level of “{}” without a direction", "Nothing is said to move: a level to be kept."),
    "done": ("state “{}”", "It says that a thing exists now."),
    "felt": ("state “{}”", "It says how something is for those who use it."),
    "own_activity": ("an activity of own people", "It names work in the team's own hands."),
    "activity": ("activity “{}”", "It names work in the team's own hands."),
    "no_metric": ("no metric and no number named", "Nothing says what would be different."),
    "nothing": (
        "names no metric, no change and no deliverable that we know",
        "Our word lists hold none of it.",
    ),
    "against": ("“{}”", "The word and the numbers run against each other."),
    "aspires": ("“{}”", "It says how something is to be, not what is made."),
    "foreign": ("not read: the text does not seem to be English", "Our rules know English only."),
    "placeholder": ("a placeholder, no key result yet", "It holds a place for a key result."),
    "no_text": ("no text given", "The cell is empty."),
    "empty": ("no words to read", "The text has no word."),
})  # fmt: skip


class Sign(NamedTuple):
    """A rule that spoke, and the words it spoke about."""

    rule: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Words of a text that decided, where they stand, and the rule that says so.

    `start` and `end` are places in the text as it was given; both 0 where a rule speaks of the
    whole text. As text it is a phrase fit to be quoted.
    """

    rule: str
    words: tuple[str, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    @property
    def reason(self) -> str:
        """Why these words decide."""
        return RULES[self.rule][1]

    def __str__(self) -> str:
        return RULES[self.rule][0].format(*self.words)


def point(sign: Sign, tokens: Sequence[Token]) -> Evidence:
    """`sign` with the place of its words among `tokens`."""
    wanted = " ".join(sign.words).casefold().split()
    found: list[Token] = []
    for token in tokens if wanted else ():
        if token.word == wanted[len(found)]:
            found.append(token)
            if len(found) == len(wanted):
                return Evidence(sign.rule, sign.words, found[0].start, found[-1].end)
    return Evidence(sign.rule, sign.words, 0, 0)
