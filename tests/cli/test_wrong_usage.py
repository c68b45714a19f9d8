"""Wrong usage: how the command is used and what is wrong, in the user's language, whatever typer says of it."""

import pytest

# What is typed, and what is said of it in English and in French.
KINDS = {
    "no such option": (["check", "x", "--jobs", "1"], "There is no option --jobs.", "L’option --jobs n’existe pas."),
    "a slip in an option": (["score", "x", "--lang"], "Did you mean '--language'?", "Vouliez-vous dire « --language » ?"),
    "no such command": (["frobnicate"], "There is no command 'frobnicate'.", "La commande « frobnicate » n’existe pas."),
    "a slip in a command": (["provisions", "shw"], "'shw'. Did you mean 'show'?", "Vouliez-vous dire « show » ?"),
    "no argument": (["score"], "FILE is missing.", "Il manque FICHIER."),
    "no option": (["new"], "The option --out is missing", "Il manque l’option --out"),
    "one too many": (["new", "it's", "--out", "x.xlsx"], "'it's' is more than", "« it's » est de trop."),
    "no value": (["score", "x", "--format"], "--format needs a value", "--format doit être suivie d’une valeur."),
    "a value for a switch": (["check", "x", "--force=1"], "--force takes no value.", "--force ne prend pas de valeur."),
    "no choice": (["score", "x", "--format", "xml"], "Use one of: text, json.", "Choisissez parmi : text, json."),
    "no number": (["find", "A", "x", "--jobs", "x"], "--jobs: A whole number is needed.", "Il faut un nombre entier."),
    "too small": (["find", "A", "x", "--jobs", "0"], "must be at least 1.", "au moins 1."),
    "too large": (["compare", "x", "--out", "y", "--robustness", "100001"], "at most 100000.", "au plus 100000."),
    "no share": (["sample", "x", "--out", "y.xlsx", "--share", "300%"], "--share: '300%' is not", "« 300% » n’est pas une part."),
    "no date": (
        ["split", "x", "--by", "lead", "--out", "y", "--until", "soon"],
        "'soon' is not a date.",
        "« soon » n’est pas une date.",
    ),
}
# What typer and what checks values for it say in English.
TYPERS_WORDS = ("No such", "Missing", "unexpected", "requires", "does not take", "Invalid value", "Input should", "Try '")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("typed", "english", "french"), KINDS.values(), ids=KINDS)
def test_wrong_usage_is_said_in_the_users_words(run, typed, english, french, language):
    done = run(*typed, LEGCHECK_LANGUAGE=language)
    assert (done.code, done.out) == (2, "")
    said = done.err.replace("\xa0", " ").replace("\u202f", " ")
    assert (english if language == "en" else french) in said
    assert [words for words in TYPERS_WORDS if words in said] == []


def test_it_is_told_how_the_command_is_used(run):
    lines = run("score", LEGCHECK_LANGUAGE="fr").err.replace("\xa0", " ").splitlines()
    assert lines[0].endswith("score [OPTIONS] FICHIER")
    assert lines[1].startswith("Aide : ")


@pytest.mark.parametrize("command", [[], ["provisions"]])
def test_nothing_asked_shows_the_help_once(run, command):
    done = run(*command, LEGCHECK_LANGUAGE="fr")
    assert done.code == 2
    assert (done.out + done.err).count("Usage") == 1
