"""Nouns and small words that tell what a clause is about; the lists stand in `lexicon/`."""

from __future__ import annotations

from collections.abc import Mapping

from .lexicon_file import read_lexicon, word_set

__all__ = ["word_set"]


def _sets(name: str) -> Mapping[str, frozenset[str]]:
    return {group: frozenset(words) for group, words in read_lexicon(name).items()}


_NOUNS, _GRANTS, _SMALL = _sets("nouns"), _sets("grants"), _sets("small_words")

METRICS = _NOUNS["metrics"]  #: what can be read off a dial
QUALITIES = _NOUNS["qualities"]  #: good things that can be felt and, with care, measured
LEVELS = _NOUNS["levels"]  #: levels that are kept rather than moved
TIMED = _NOUNS["timed"]  #: words before "time" that make it a metric
THIRD_PARTY_COUNTS = _NOUNS["third_party_counts"]  #: things counted whose number others decide
THIRD_PARTIES = _NOUNS["third_parties"]  #: people outside the team and what they bring, as subjects
INTERNALS = _NOUNS["internals"]  #: people inside the house
ROLES = _NOUNS["roles"]  #: who joins when a hire is made
ARTEFACTS = _NOUNS["artefacts"]  #: things a team makes, does or holds
INTERNAL_EVENTS = _NOUNS["internal_events"]  #: what own people are trained by
GRANTED = _GRANTS["granted"]  #: what only an independent party can grant
AGREEMENTS = _GRANTS["agreements"]  #: what needs a second signature
EXAMINED = _GRANTS["examined"]  #: what an outside examiner looks at
SUBMITTED = _GRANTS["submitted"]  #: what is handed in for others to accept
APPROVERS = _GRANTS["approvers"]  #: who grants
APPROVED_THINGS = _GRANTS["approved_things"]  #: what is approved by somebody above or outside
SAID_YES = _GRANTS["said_yes"]  #: participles of what somebody else says yes to
GRANTING = _GRANTS["granting"]  #: participles of the grant itself
GRANTS = _GRANTS["grants"]  #: what an outside party does when it says yes
ONLY_OTHERS_GRANT = _GRANTS["only_others_grant"]  #: and what nobody inside the house does
CONFIRMED = _GRANTS["confirmed"]  #: participles of a yes, where it is told whose
HANDLED = _NOUNS[
    "handled"
]  #: participles of work done for others, whose speed or share is a result
TRAINED = _NOUNS["trained"]  #: what own people do with a training
BEHAVES = _NOUNS["behaves"]  #: verbs of own people who behave in another way
FINISHED = _NOUNS["finished"]  #: words that say a thing exists now
FELT = _NOUNS["felt"]  #: states somebody can notice
CHANGE_NOUNS = _NOUNS["change_nouns"]  #: a change as a noun
COUNTING = _SMALL["counting"]  #: counting words: what is counted follows
COMPARATIVES = _SMALL["comparatives"]  #: bounds of a number
NOUNS_TOO = _SMALL["nouns_too"]  #: verbs that are nouns at least as often
DETERMINERS = _SMALL["determiners"]  #: words before a noun
ARTICLES = _SMALL["articles"]  #: articles and possessives, which add nothing to a noun
BE = _SMALL["be"]  #: forms of to be, and what stands like them
PREPOSITIONS = _SMALL["prepositions"]  #: prepositions
JOINERS = _SMALL["joiners"]  #: conjunctions and relative pronouns
ADVERBS = _SMALL["adverbs"]  #: words before a verb that change nothing
PARTIES = _GRANTS["parties"]  #: outside parties beside customers and users
ASPIRING = _NOUNS["aspiring"]  #: how something is to be, in an objective
MATTERS_OF_TASTE = _NOUNS["matters_of_taste"]  #: words on which two people can disagree
INNER = frozenset(read_lexicon("verbs")["inner"])  #: verbs of what nobody sees
ADJECTIVES_OF_MORE = _SMALL["adjectives_of_more"]  #: comparatives of what can be felt
THINGS_GRANTED_BY_NAME = _GRANTS["granted_by_name"]  #: what nobody gives to oneself
SLOGANS = _NOUNS["slogans"]  #: words of a wish that names nothing
PLURALS = _NOUNS["people_without_s"]  #: people whose plural has no s
NOT_PEOPLE = _NOUNS["not_people"]  #: things whose names end like those of people
GOING_UP = frozenset(read_lexicon("verbs")["going_up"])  #: more of it
GOING_DOWN = frozenset(read_lexicon("verbs")["going_down"])  #: less of it
NAMED_TIMES = _SMALL["named_times"]  #: days and periods with a name of their own
HAPPENINGS = _SMALL["happenings"]  #: happenings by which something can be due
SOFT = frozenset(
    read_lexicon("verbs")["soft"]
)  #: verbs of which nobody can tell when they are done
MISHAPS = _NOUNS["mishaps"]  #: participles of what happens to people or things
