"""What lets people be recognised in a text that names nobody: how few they are, a case before the courts, where they are held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.labels import typed_words
from legcheck.workbook.recognition import recognisable_facts
from tests.workbook.sheets import codes, fill

RECOGNISED = {
    "Eleven children were turned away in 2024.": ["few: Eleven children"],
    "Two families heard of a release from the radio; 7 of the abducted women did not.": [
        "few: Two families",
        "few: 7 of the abducted women",
    ],
    "Not one survivor has been recognised.": ["few: one survivor"],
    "Guidance is needed before the trial opens.": ["pending_case: trial opens"],
    "They were held in the camp until March.": ["place_of_custody: held in the camp"],
    "Huit enfants ont été jugés.": ["few: Huit enfants"],
    "Une seule victime attend ; le procès s'ouvre en mai.": ["few: seule victime", "pending_case: procès s'ouvre"],
    "Once mujeres fueron detenidas en Norte.": ["few: Once mujeres", "place_of_custody: detenidas en"],
}
NOT_RECOGNISED = (
    "Some families were heard, fewer than twenty a year; 312 children and two hundred women were helped.",
    "Once victims are recognised, art. 12 victims keep their rights, as section 9 children do.",
    "After two years victims may ask again; five days are owed to families; in two provinces women wait.",
    "Fourteen associations of victims are registered. In 2019 women were heard, 1,500 children and 12 % of families.",
    "Deux ans après, les victimes peuvent agir ; une victime peut agir seule ; trois cents familles ont été aidées.",
    "Una víctima puede recurrir; en dos provincias las mujeres esperan; solo víctimas reconocidas.",
)


@pytest.mark.parametrize("text", RECOGNISED)
def test_a_text_that_lets_people_be_recognised_is_asked_about(text):
    assert [f"{one['kind'].rpartition('.')[2]}: {one['value']}" for one in recognisable_facts(text)] == RECOGNISED[text]


@pytest.mark.parametrize("text", NOT_RECOGNISED)
def test_other_numbers_are_not(text):
    assert recognisable_facts(text) == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_small_number_counts_whoever_is_counted(language):
    for number in typed_words("few", language):
        for persons in typed_words("persons", language):
            assert recognisable_facts(f"({number} {persons})"), (number, persons)


@given(
    st.lists(st.sampled_from(["two", "women", "trial", "opens", " ", ",", "of", "young", "12", "(", "the", "in a camp", "deux"]))
)
def test_however_long_and_odd_a_text_is_it_is_read(parts):
    text = " ".join(parts) * 50
    assert all(" ".join(text.split()).count(one["value"]) for one in recognisable_facts(text))


def test_only_what_may_be_published_is_asked_about(checklist, tmp_path):
    picture = """
        | Id         | Answer | Note                        | To confirm                  | For publication |
        | REC-01:law | full   | Two families were heard.    |                             |                 |
        | REC-02:law | full   | Two families were heard.    |                             | no              |
        | JUS-01:law | full   |                             | Whether two families agree. |                 |
    """
    assert [one for one in codes(fill(checklist, picture), checklist, tmp_path) if one[0] == "A902"] == [("A902", "E7")]
