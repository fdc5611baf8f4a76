"""The graph of citations, what it answers, and its files and pictures."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pytest

from pipeline.citations import (
    CitationGraph,
    graph_issues,
    lineage,
    most_wanted,
    read_graph,
    write_graph,
    write_html,
    write_svg,
)
from pipeline.errors import UsageError

PROVINCE = "จังหวัดพังงา"
SVG = "{http://www.w3.org/2000/svg}"


def graph_of(shelf):
    """The graph as programs get it: written and read again."""
    with TemporaryDirectory() as folder:
        write_graph(CitationGraph(shelf), Path(folder))
        return read_graph(Path(folder))


def ghosts(graph):
    return {node: data for node, data in graph.nodes(data=True) if not data["held"]}


@pytest.fixture
def chain(misread_chain):
    return graph_of(misread_chain)


def test_nodes_are_letters_and_edges_carry_their_evidence(chain):
    assert chain.nodes["department"] == {
        "held": True,
        "label": "มท 0808.2/ว 2562",
        "number": "มท 0808.2/ว 2562",
        "date": "2019-08",
        "sender": "กรมส่งเสริมการปกครองท้องถิ่น",
        "recipient": "ผู้รับ",
        "subject": chain.nodes["district"]["subject"],
    }
    edge = chain.edges["province", "department", "province-3"]
    assert (edge["relation"], edge["status"], edge["reference_id"]) == ("encloses", "probable", "province-3")
    assert json.loads(edge["evidence"])["cited"] == "มท 0808.2/ว 2381 2019-08-28"


def test_enclosing_letters_forward_what_they_enclose(chain):
    passages = [
        (source, target, data["passed_by"], data["passed_to"], data.get("days"))
        for source, target, data in chain.edges(data=True)
        if data["relation"] == "forwards"
    ]
    assert sorted(passages) == [
        ("department", "newest", "กรมส่งเสริมการปกครองท้องถิ่น", "ผู้รับ", None),
        ("district", "province", "อำเภอตะกั่วป่า", "ผู้รับ", 2),
        ("province", "department", PROVINCE, "ผู้รับ", None),
    ]


def test_lineage_is_ancestors_and_descendants(shelf):
    for index, name in enumerate(("a", "b", "c", "aside")):
        shelf.letter(name, f"พง 0023.3/ว {4100 - 700 * index}", f"2019-0{9 - 2 * index}-10", PROVINCE)
    shelf.cites("a", "พง 0023.3/ว 3400", "2019-07-10", PROVINCE)
    shelf.cites("b", "พง 0023.3/ว 2700", "2019-05-10", PROVINCE)
    shelf.cites("aside", "พง 0023.3/ว 11", "2018-01-04", PROVINCE)
    graph = graph_of(shelf)
    assert set(lineage(graph, "b")) == {"a", "b", "c"}
    with pytest.raises(UsageError):
        lineage(graph, "nowhere")


def citing_letters(shelf, count):
    return [
        shelf.letter(f"citing {index}", f"พง 0718/{800 + index}", f"2019-12-0{index + 1}", "อำเภอตะกั่วป่า")
        for index in range(count)
    ]


def test_variants_of_one_absent_letter_share_a_ghost(shelf):
    """With and without the day or the whole date, under its office's short name, with a digit misread."""
    one, two, three, four = citing_letters(shelf, 4)
    shelf.cites(one, "มท 0808.2/ว 2381", "2019-08-28", "กรมส่งเสริมการปกครองท้องถิ่น")
    shelf.cites(two, "มท 0808.2/ว 2381", "2019-08", "สถ.")
    shelf.cites(three, "มท 0808.2/ว 2381", None)
    shelf.cites(four, "มท 0808.2/ว 2981", "2019-08-28", "กรมส่งเสริมการปกครองท้องถิ่น")
    ((ghost, data),) = ghosts(graph_of(shelf)).items()
    assert (data["number"], data["date"]) == ("มท 0808.2/ว 2381", "2019-08-28")
    assert data["variants"] == "มท 0808.2/ว 2381 | มท 0808.2/ว 2981"
    assert most_wanted(graph_of(shelf), 10) == ((ghost, 4),)


def test_number_of_two_years_is_two_ghosts_and_an_undated_one_is_neither(shelf):
    one, two, three = citing_letters(shelf, 3)
    shelf.cites(one, "มท 0808.2/ว 2381", "2019-08-28")
    shelf.cites(two, "มท 0808.2/ว 2381", "2018-09-01")
    shelf.cites(three, "มท 0808.2/ว 2381", None)
    assert len(ghosts(graph_of(shelf))) == 3


def test_letters_of_one_office_and_day_are_different_ghosts(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    for running in (6394, 6395, 6371):
        shelf.cites("citing", f"พง 0023.3/ว {running}", "2019-12-21", PROVINCE)
    assert {data["number"] for data in ghosts(graph_of(shelf)).values()} == {
        "พง 0023.3/ว 6394",
        "พง 0023.3/ว 6395",
        "พง 0023.3/ว 6371",
    }


def test_circulars_of_one_number_are_as_many_letters_as_offices_and_days(shelf):
    for running, name in enumerate(("one", "two", "three", "four"), 91):
        shelf.letter(name, f"กบ 0023.4/{running}", "2005-10-01", "จังหวัดกระบี่")
    shelf.cites("one", "/ว10", "2005-09-15", "กระทรวงการคลัง")
    shelf.cites("two", "/ว10", "2005-02-03", "กระทรวงสาธารณสุข")
    shelf.cites("three", "/ว10", "2005-02-03", "กระทรวงสาธารณสุข")
    shelf.cites("four", "/ว10", "2005-03-01")
    assert sorted(count for _, count in most_wanted(graph_of(shelf), 10)) == [1, 1, 2]


def test_a_reference_to_an_absent_letter_is_judged_by_its_own_date(shelf):
    days = {"one": "2005-10-01", "two": "2005-10-02", "three": "2004-01-01"}
    for running, (name, day) in enumerate(days.items(), 91):
        shelf.letter(name, f"กบ 0023.4/{running}", day, "จังหวัดกระบี่")
    for name, date in (("one", "2005-09-15"), ("two", "2005-09-15"), ("three", "2003-09-15")):
        shelf.cites(name, "มท 0810.3/ว10", date)
    assert "citation_from_future" not in {issue.code for _, issue in graph_issues(CitationGraph(shelf))}


def test_ghost_keeps_its_id_when_others_come_and_go(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-27", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    (before,) = ghosts(graph_of(shelf))
    shelf.letter("other", "พง 0718/816", "2019-12-28", "อำเภอตะกั่วป่า")
    shelf.cites("other", "พง 0023.3/ว 6394", "2019-12-21", PROVINCE)
    shelf.cites("other", "มท 0808.2/ว 2381", "2019-08-28")
    graph = graph_of(shelf)
    assert before in graph
    assert most_wanted(graph, 1) == ((before, 2),)


def test_most_wanted_leaves_out_what_may_be_held(shelf):
    shelf.letter("twin a", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="การจัดการขยะมูลฝอย")
    shelf.letter("twin b", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE, subject="ขอเชิญประชุมผู้บริหาร")
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.cites("citing", "พง 0023.3/ว 77", "2019-01-10", PROVINCE)
    graph = graph_of(shelf)
    assert [graph.nodes[node]["number"] for node, _ in most_wanted(graph, 9)] == ["พง 0023.3/ว 77"]


def test_laws_and_attachments_make_no_edge(shelf):
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า")
    shelf.cites("citing", None, "2019-09-10", target_kind="law")
    graph = graph_of(shelf)
    assert graph.number_of_edges() == 0
    assert list(graph) == ["citing"]


def test_circles_and_letters_from_the_future_are_issues(shelf):
    shelf.letter("one", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.letter("other", "ภก 0023.3/ว 311", "2019-09-11", "จังหวัดภูเก็ต")
    shelf.cites("one", "ภก 0023.3/ว 311", "2019-09-11", "จังหวัดภูเก็ต")
    shelf.cites("other", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    issues = graph_issues(CitationGraph(shelf))
    assert [(document, issue.code) for document, issue in issues] == [
        ("one", "citation_cycle"),
        ("one", "citation_from_future"),
        ("other", "citation_cycle"),
    ]
    assert "2019-09-11" in issues[1][1].message


def test_misread_chain_has_no_issue(misread_chain):
    assert graph_issues(CitationGraph(misread_chain)) == ()


def test_both_files_say_all_that_the_graph_says(misread_chain, tmp_path):
    graph = CitationGraph(misread_chain)
    write_graph(graph, tmp_path)
    nodes = {node.name: node.attributes for node in graph.nodes()}
    edges = {(edge.source, edge.target, edge.key): edge.attributes for edge in graph.edges()}
    assert len(edges) == 11
    node_link = json.loads((tmp_path / "citations.json").read_text(encoding="utf-8"))
    for read in (
        read_graph(tmp_path),
        nx.read_graphml(tmp_path / "citations.graphml", force_multigraph=True),
        nx.node_link_graph(node_link, edges="edges"),
    ):
        assert dict(read.nodes(data=True)) == nodes
        assert {edge[:3]: edge[3] for edge in read.edges(keys=True, data=True)} == edges


def test_control_characters_of_a_bad_scan_do_not_break_the_files(shelf, tmp_path):
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอ\x0cตะกั่วป่า\x00")
    write_graph(CitationGraph(shelf), tmp_path)
    assert nx.read_graphml(tmp_path / "citations.graphml").nodes["citing"]["sender"] == "อำเภอ ตะกั่วป่า "


# ---------------------------------------------------------------------- pictures


def boxes(svg):
    """The corner of each letter's box by node."""
    found = {}
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if group.get("class") == "letter":
            x, y = re.findall(r"-?[0-9.]+", group.get("transform"))
            found[group.get("data-node")] = float(x), float(y)
    return found


def test_picture_shows_every_letter_apart_and_the_cited_to_the_right(chain, tmp_path):
    write_svg(chain, tmp_path / "chain.svg")
    svg = (tmp_path / "chain.svg").read_text(encoding="utf-8")
    corners = boxes(svg)
    assert set(corners) == set(chain)
    assert len(set(corners.values())) == len(corners)
    for citing, cited in chain.edges():
        assert corners[citing][0] < corners[cited][0]
    for one, other in ((a, b) for a in corners for b in corners if a < b):
        apart_x, apart_y = (abs(p - q) for p, q in zip(corners[one], corners[other], strict=True))
        assert apart_x >= 280 or apart_y >= 74, (one, other)
    assert "มท ๐๘๐๘.๒/ว ๒๕๖๒" in svg
    assert "๑๐ กันยายน ๒๕๖๒" in svg
    assert "ส่งต่อ ๒ วัน" in svg


def test_picture_cuts_long_text_between_letters_not_within(chain, tmp_path):
    write_svg(chain, tmp_path / "chain.svg")
    svg = (tmp_path / "chain.svg").read_text(encoding="utf-8")
    cut = [
        text.text
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
        if (text.text or "").endswith("…")
    ]
    assert cut
    subject = chain.nodes["district"]["subject"]
    for text in (text[:-1] for text in cut if subject.startswith(text[:-1])):
        following = subject[len(text)]
        assert not re.match("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", following)


def test_page_is_self_contained_and_survives_hostile_text(shelf, tmp_path):
    shelf.letter("citing", "พง 0718/815", "2019-12-12", "อำเภอตะกั่วป่า", subject='</script><img src="x">&')
    shelf.cites("citing", "พง 0023.3/ว 77", "2019-01-10", PROVINCE)
    write_html(graph_of(shelf), tmp_path / "graph.html")
    page = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script")
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}
    embedded = re.search(r'<script type="application/json" id="graph">(.*?)</script>', page, re.DOTALL)
    nodes = json.loads(embedded[1])["nodes"]
    assert {node["id"] for node in nodes if node["held"]} == {"citing"}


def test_empty_graph_and_circles_can_be_drawn(shelf, tmp_path):
    write_svg(graph_of(shelf), tmp_path / "empty.svg")
    shelf.letter("one", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    shelf.letter("other", "ภก 0023.3/ว 311", "2019-09-11", "จังหวัดภูเก็ต")
    shelf.letter("alone", None, None, None)
    shelf.cites("one", "ภก 0023.3/ว 311", "2019-09-11", "จังหวัดภูเก็ต")
    shelf.cites("other", "พง 0023.3/ว 4184", "2019-09-10", PROVINCE)
    write_svg(graph_of(shelf), tmp_path / "circle.svg")
    assert boxes((tmp_path / "empty.svg").read_text(encoding="utf-8")) == {}
    assert len(set(boxes((tmp_path / "circle.svg").read_text(encoding="utf-8")).values())) == 3
