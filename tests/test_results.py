"""Result files: what is written is read back, to the last remark."""

import json
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from legcheck.analysis import judge
from legcheck.issues import InputError
from legcheck.labels import labels
from legcheck.model import Answer, Assessment, Citation, ElementAnswer
from legcheck.provisions import build_checklist
from legcheck.results import read_result, to_json
from tests.analysis.builders import assessment, checklist


def _answered(answer: Answer) -> Assessment:
    made = checklist({"A": {"A-1": {"elements": {"a": "x", "b": "y", "c": "z"}}}})
    blank = assessment(made, {"A-1": "partial"})
    result = judge(made, Assessment(**{**vars(blank), "answers": {"A-1": answer}}), (), "0")
    return read_result("r.json", to_json(result, labels("en")), lambda tree, texts: build_checklist(tree)).assessment


def test_elements_keep_their_articles_and_remarks():
    elements = {
        "a": ElementAnswer(met=True, legal_basis="L1 art. 3", citations=(Citation("L1", "3"),), remark="since 2011"),
        "b": ElementAnswer(met=False),
        "c": ElementAnswer(remark="the ministry is asked"),
    }
    answer = Answer("A-1", {"law": "partial"}, elements=elements, citations=(Citation("L2", "1"), Citation("L1", "3")))
    read = _answered(answer).answers["A-1"]
    assert read == answer
    assert read.met == ("a",)
    assert read.all_citations == (Citation("L2", "1"), Citation("L1", "3"))


def test_a_result_names_the_law_and_the_articles_of_a_citation():
    made = checklist({"A": {"A-1": {}}})
    cited = Answer("A-1", {"law": "partial"}, citations=(Citation("L2", "art. 1"),))
    whole = replace(assessment(made, {"A-1": "partial"}), answers={"A-1": cited})
    tree = json.loads(to_json(judge(made, whole, (), "0"), labels("en")))
    assert tree["assessment"]["answers"]["A-1"]["citations"] == [{"law": "L2", "articles": "art. 1"}]


def test_elements_that_were_not_recorded_stay_so():
    assert _answered(Answer("A-1", {"law": "full"})).answers["A-1"].elements == {}


def test_what_is_not_for_publication_stays_so_and_older_files_say_nothing_of_it():
    assert not _answered(Answer("A-1", {"law": "full"}, publish=False)).answers["A-1"].publish
    older = TypeAdapter(Answer).validate_python({"provision": "A-1", "ratings": {"law": "full"}})
    assert older.publish


ONE = {"number": "4(2)", "confirmed_by": "Legal office", "date": "2026-06-30"}


@pytest.mark.parametrize(
    "references", [5, ["A-1"], {"A-1": "4(2)"}, {"A-1": ONE | {"number": "9" * 300}}, {"A-1": ONE | {"date": "soon"}}]
)
def test_numbers_of_a_published_document_that_nobody_could_have_given_are_refused(references):
    made = checklist({"A": {"A-1": {"elements": {"a": "x"}}}})
    tree = json.loads(to_json(judge(made, assessment(made, {"A-1": "full"}), (), "0"), labels("en")))

    def read(entries: object) -> str:
        tree["definition"]["references"] = entries
        content = json.dumps(tree).encode()
        found = read_result("r.json", content, lambda tree, texts: build_checklist(tree))
        return found.checklist.provisions["A-1"].mlp_ref

    assert read({"A-1": ONE}) == "4(2)"
    with pytest.raises(InputError):
        read(references)
