"""A labelling page of one's own: written into a codebook once, checked against it, and used as it is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from curation.annotation import codebook as codebooks
from curation.annotation import label_studio
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import Codebook
from curation.annotation.own_page.begin import begin
from curation.annotation.own_page.controls import FIELDS
from curation.annotation.page import config_sha256, page
from curation.annotation.reading.answers import Reading, read_answers
from curation.annotation.tasks import tasks_json
from curation.errors import ConfigError, UsageError

XML = """<View>
  <!-- halaman saya -->
  <Header value="Mutu berita"/>
  <Text name="artikel" value="$berita" granularity="word"/>
  <Header value="Bagaimana nadanya?"/>
  <Choices name="tone" toName="artikel" choice="single-radio" required="true">
    <Choice value="Tenang" alias="calm" hotkey="1" hint="Tanpa seruan."/>
    <Choice value="Menggebu-gebu" hotkey="shift+2"/>
  </Choices>
  <View visibleWhen="choice-selected" whenTagName="tone" whenChoiceValue="Menggebu-gebu">
    <Header value="Di mana?"/>
    <Choices name="where" toName="artikel" choice="multiple">
      <Choice value="judul"/><Choice value="isi"/>
    </Choices>
  </View>
  <Labels name="words" toName="artikel"><Label value="Kata \\"keras\\"" hotkey="w"/></Labels>
  <Rating name="quality" toName="artikel"/>
  <TextArea name="comment" toName="artikel"/>
</View>
""".replace('\\"keras\\"', "&quot;keras&quot;")


def begun(tmp_path: Path, xml: str = XML) -> Campaign:
    tmp_path.mkdir(exist_ok=True)
    source = tmp_path / "my.xml"
    source.write_text(xml, encoding="utf-8")
    campaign = Campaign(tmp_path / "campaigns" / "mutu-berita")
    begin(campaign, source, "2026-03-01")
    return campaign


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return begun(tmp_path)


def test_a_codebook_is_written_from_the_page(campaign: Campaign) -> None:
    book = campaign.load_codebook()
    tone, where, words = book.question
    assert (book.name, book.codebook.title, book.per_target) == ("mutu_berita", "Mutu berita", False)
    assert (tone.name, tone.kind, tone.text, tone.required) == ("tone", "choice", "Bagaimana nadanya?", True)
    assert tone.values == ("calm", "Menggebu-gebu")
    assert (tone.label[0].shown, tone.label[0].hotkey, tone.label[0].definition) == ("Tenang", "1", "Tanpa seruan.")
    assert (where.kind, where.is_asked({"tone": ["Menggebu-gebu"]}), where.is_asked({"tone": ["calm"]})) == (
        *("choices", True, False),
    )
    assert (words.kind, words.text, words.values) == ("spans", "words", ('Kata "keras"',))
    assert book.codebook.not_read == ("quality", "comment")


def test_the_page_is_used_as_it_is_but_for_the_name_of_the_text(campaign: Campaign) -> None:
    ours = XML.replace('toName="artikel"', 'toName="text"').replace(
        '<Text name="artikel" value="$berita"', '<Text name="text" value="$text"'
    )
    book = campaign.load_codebook()
    assert page(book) == ours.strip()
    assert ours == (campaign.folder / "own.xml").read_text(encoding="utf-8")
    label_studio.validate_page(page(book))
    (campaign.folder / "own.xml").write_text(ours.replace("Di mana", "Di bagian mana"), encoding="utf-8")
    assert config_sha256(campaign.load_codebook()) != config_sha256(book)


def test_answers_of_other_controls_are_passed_over_and_ours_are_read(campaign: Campaign) -> None:
    result = [
        {"from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": ["calm"]}},
        {"from_name": "quality", "to_name": "text", "type": "rating", "value": {"rating": 4}},
        {"from_name": "words", "to_name": "text", "type": "labels",
         "value": {"start": 0, "end": 5, "text": "Gawat", "labels": ['Kata "keras"']}},
    ]  # fmt: skip
    reading = Reading("t1", "7")
    answers = read_answers(reading, result, "Gawat sekali", campaign.load_codebook(), "1.0")
    assert not reading.problems
    assert {name: [answer.value for answer in given] for name, given in answers.items()} == {
        "tone": ["calm"],
        "words": ['Kata "keras"'],
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('alias="calm"', 'alias="clam"', 6, "'tone' offers 'clam', which codebook.toml does not. Did you mean 'calm'?"),
        ('alias="calm"', 'alias="clam"', 6, "'tone' lacks 'calm' of codebook.toml. Did you mean 'clam'?"),
        ('name="where"', 'name="wher"', 12, "Choices 'wher' is neither a [[question]] nor in not_read of [codebook]"),
        ('name="where"', 'name="wher"', 1, "no control is called 'where', as a [[question]] of codebook.toml is"),
        ('choice="multiple"', 'choice="single"', 12, "is a question of kind choice"),
        ('value="$text"', 'value="$tex"', 4, "the page shows $tex, which no task has. Did you mean 'text'?"),
        ('<Text name="text"', '<Text name="teks"', 4, 'the article must stand in <Text name="text" value="$text"/>'),
        ('name="words" toName="text"', 'name="words" toName="t"', 16, 'write toName="text"'),
        ("</Labels>", "</Label>", 16, "not valid XML"),
    ],
)
def test_a_page_that_does_not_fit_its_codebook(campaign: Campaign, old: str, new: str, line: int, told: str) -> None:
    file = campaign.folder / "own.xml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        campaign.load_codebook()
    assert any(problem.startswith(f"{file}:{line}: ") and told in problem for problem in caught.value.problems), (
        caught.value.problems
    )


def test_a_page_with_a_target_asks_for_targets(tmp_path: Path) -> None:
    campaign = begun(tmp_path, XML.replace('<Header value="Mutu berita"/>', '<Header value="$target"/>'))
    with pytest.raises(ConfigError, match=r"there is no \[\[target\]\]"):
        campaign.load_codebook()
    with campaign.codebook.open("a", encoding="utf-8") as file:
        file.write('\n[[target]]\nname = "tarif parkir"\n')
    assert campaign.load_codebook().per_target


def test_what_can_not_be_begun(tmp_path: Path, campaign: Campaign) -> None:
    with pytest.raises(UsageError, match="has a codebook already"):
        begin(campaign, tmp_path / "my.xml", "2026-03-01")
    with pytest.raises(UsageError, match="no Choices and no Labels"):
        begun(tmp_path / "lain", '<View><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>')
    (campaign.folder / "own.xml").unlink()
    with pytest.raises(UsageError, match="no such page"):
        campaign.load_codebook()


def test_controls_that_come_and_go_by_something_else_are_not_demanded(tmp_path: Path) -> None:
    other = 'visibleWhen="region-selected"'
    xml = XML.replace('visibleWhen="choice-selected" whenTagName="tone" whenChoiceValue="Menggebu-gebu"', other)
    xml = xml.replace('choice="multiple"', 'choice="multiple" required="true"')
    where = begun(tmp_path, xml).load_codebook().question[1]
    assert (where.required, where.visible_when) == (False, None)


def test_the_fields_that_a_page_may_show_are_those_of_a_task(
    tasks: pa.Table, documents: pa.Table, codebook: Codebook
) -> None:
    assert {*tasks_json(tasks, documents, codebook)[0]["data"]} == {*FIELDS}


def test_names_stay_strict_where_the_page_is_made(campaign: Campaign) -> None:
    text = campaign.codebook.read_text(encoding="utf-8").replace('page = "own.xml"\n', "")
    campaign.codebook.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="value 'Menggebu-gebu' may hold only"):
        codebooks.load(campaign.codebook)
