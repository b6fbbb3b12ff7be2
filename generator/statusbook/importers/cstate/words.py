"""Words that people put before an update -> a status, and the place of the update in the story."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from statusbook.model.words import Kind, Status


class Place(Enum):
    """Where in the story a word puts its update."""

    FIRST = "first"
    LAST = "last"
    ANY = "any"


class Word(NamedTuple):
    """What a word says: a status or none, its place, and whether it says no more than that."""

    status: Status | None
    place: Place = Place.ANY


_STATUS_WORDS: Final = {
    Status.INVESTIGATING: (
        "investigating, investigation, just began, new, reported, reopened, ongoing, outage, "
        "investigazione, investigazione in corso, indagine in corso, analisi in corso, "
        "investigando, en investigación, en investigacion, "
        "untersuchung, wird untersucht, in untersuchung, störung, "
        "enquête, enquête en cours, investigation en cours, analyse en cours, en cours d'analyse"
    ),
    Status.IDENTIFIED: (
        "identified, cause identified, fix in progress, identificato, problema identificato, "
        "identificado, problema identificado, identifiziert, ursache gefunden, "
        "identifié, identifiée, problème identifié, cause identifiée"
    ),
    Status.MONITORING: (
        "monitoring, fix applied, monitoraggio, monitoraggio in corso, in monitoraggio, "
        "monitoreando, monitorizando, en observación, beobachtung, überwachung, wird beobachtet, "
        "surveillance, sous surveillance, en surveillance, surveillance en cours"
    ),
    Status.RESOLVED: (
        "resolved, fixed, service restored, restored, closed, solved, done, all clear, finished, "
        "operational, risolto, risolta, problema risolto, ripristinato, "
        "resuelto, solucionado, restablecido, behoben, gelöst, erledigt, störung behoben, "
        "résolu, résolue, resolu, problème résolu, incident résolu, rétabli, service rétabli"
    ),
    Status.POSTMORTEM: "postmortem, post-mortem, post mortem, root cause, root cause analysis, rca",
    Status.SCHEDULED: (
        "scheduled, planned, upcoming, announced, announcement, maintenance scheduled, "
        "programmato, pianificato, programmata, programado, planificado, geplant, angekündigt, "
        "planifié, planifiée, programmé, programmée, prévu, prévue, maintenance planifiée"
    ),
    Status.IN_PROGRESS: (
        "in progress, started, maintenance started, maintenance in progress, under maintenance, "
        "in corso, en curso, en progreso, in arbeit, begonnen, "
        "en cours, maintenance en cours"
    ),
    Status.VERIFYING: "verifying, verification, verifica, verificando, prüfung, vérification",
    Status.COMPLETED: (
        "completed, complete, maintenance complete, maintenance completed, maintenance over, "
        "maintenance finished, completato, completata, completado, abgeschlossen, beendet, "
        "terminé, terminée, maintenance terminée"
    ),
    Status.CANCELLED: (
        "cancelled, canceled, maintenance cancelled, annullato, cancelado, abgesagt, "
        "annulé, annulée, maintenance annulée"
    ),
}
_UPDATE_WORDS: Final = (
    "update, updates, updated, upd, edit, edited, edits, intermediate, "
    "aggiornamento, actualización, actualizacion, aktualisierung, mise à jour, atualização"
)
_FIRST_WORDS: Final = "initial, first, original, opening, open issue"
_LAST_WORDS: Final = "final, last, closing, final update, close issue"


def _words() -> dict[str, Word]:
    table = {word: Word(None) for word in _UPDATE_WORDS.split(", ")}
    for status, words in _STATUS_WORDS.items():
        last = status in {Status.RESOLVED, Status.COMPLETED, Status.CANCELLED}
        first = status in {Status.INVESTIGATING, Status.SCHEDULED}
        place = Place.LAST if last else Place.FIRST if first else Place.ANY
        table |= dict.fromkeys(words.split(", "), Word(status, place))
    table |= dict.fromkeys(_FIRST_WORDS.split(", "), Word(None, Place.FIRST))
    table |= dict.fromkeys(_LAST_WORDS.split(", "), Word(None, Place.LAST))
    return table


WORDS: Final = _words()
_NUMBER: Final = re.compile(r"\s*#?\d{1,2}$")
_NOUN: Final = re.compile(r"\s+(?:message|notice|report|note)$")
_BEGINS_AS_UPDATE: Final = re.compile(
    r"(?:final\s+)?(?:update|updated|edit|edited|"
    r"aggiornamento|actualizaci[oó]n|aktualisierung|mise à jour)\b",
    re.IGNORECASE,
)
_TELLS_THE_END: Final = re.compile(
    r"\b(?:back online|back to normal|is back|are back|restored|resolved|"
    r"completed?|is over|are over|concluded|finished|fixed|done|ended|"
    r"risolto|behoben|resuelto|résolue?|rétablie?)\b",
    re.IGNORECASE,
)

_FOR_MAINTENANCE: Final = {
    Status.INVESTIGATING: Status.IN_PROGRESS,
    Status.IDENTIFIED: Status.IN_PROGRESS,
    Status.MONITORING: Status.VERIFYING,
    Status.RESOLVED: Status.COMPLETED,
    Status.POSTMORTEM: None,
}
_FOR_AN_INCIDENT: Final = {
    Status.SCHEDULED: Status.INVESTIGATING,
    Status.IN_PROGRESS: Status.IDENTIFIED,
    Status.VERIFYING: Status.MONITORING,
    Status.COMPLETED: Status.RESOLVED,
    Status.CANCELLED: Status.RESOLVED,
}


def known_word(text: str) -> Word | None:
    """Look a word up: `Resolved`, `Final Message`, `Update 3`, `Risolto`; None if unknown."""
    plain = " ".join(text.strip(" :–-*_").casefold().split())
    plain = _NUMBER.sub("", _NOUN.sub("", _NUMBER.sub("", plain)))
    return WORDS.get(plain)


def begins_as_update(text: str) -> bool:
    """Tell whether a line or a heading says that it is an update: `Update Jun 24, 10AM`."""
    return _BEGINS_AS_UPDATE.match(text) is not None


def tells_the_end(text: str) -> bool:
    """Tell whether a heading says that all is over: `Grex is back online`."""
    return _TELLS_THE_END.search(text) is not None


def fitting(status: Status | None, kind: Kind) -> Status | None:
    """Return the status that an incident, or a maintenance, has for a word of the other kind."""
    if status is None:
        return None
    table = _FOR_MAINTENANCE if kind is Kind.MAINTENANCE else _FOR_AN_INCIDENT
    return table.get(status, status)
