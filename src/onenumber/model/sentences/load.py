"""Sentences about files, rows and cells."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "not_a_number": Sentence("{value!r} is not a number.", "Write digits with a point or a comma, without a unit."),
}
