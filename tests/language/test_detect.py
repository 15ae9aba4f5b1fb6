from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.language.detect import LENGTH, language, languages, readable

DATA = Path(__file__).parents[2] / "../shared/data"

SAMPLES = {
    "id": "Pemerintah kabupaten akan memperbaiki jembatan gantung yang putus diterjang banjir pekan lalu. "
    "Warga diminta tidak menyeberang dengan rakit karena arus sungai masih deras.",
    "ms": "Kerajaan negeri akan membaiki jambatan gantung yang putus akibat banjir minggu lepas. Penduduk "
    "dinasihatkan supaya tidak menyeberang dengan rakit kerana arus sungai masih deras, kata pegawai daerah itu.",
    "jv": "Pamarentah kabupaten bakal ndandani kreteg gantung sing pedhot amarga banjir minggu kepungkur. "
    "Warga dijaluk ora nyabrang nganggo gethek amarga banyu kali isih banter.",
    "su": "Pamaréntah kabupatén baris ngomean sasak gantung anu pegat katerjang caah minggu kamari. "
    "Warga dipénta ulah meuntas ku rakit sabab cai walungan masih kénéh ngagedur.",
    "en": "The district government will repair the suspension bridge that was torn down by the flood last week.",
    "min": "Pamarintah kabupaten ka mamelok-an jambatan gantuang nan putuih dilando aia gadang pakan lalu. "
    "Urang kampuang indak buliah manyubarang jo rakik dek aruih batang aia masih dareh.",
    "bjn": "Pamarintah kabupatin handak mambaiki titian gantung nang pagat dilanda banyu baah minggu samalam. "
    "Urang kampung kada dibulihakan manyubarang lawan lanting marga arus sungai magun landas.",
    "ban": "Pamréntah kabupatén lakar menain titi gantung ané pegat kaanyudang blabar minggu ané liwat. "
    "Krama kaorahin tusing dadi ngliwat nganggon rakit krana yéh tukadé enu baret.",
    "nij": "Oloh lewu hindai tau dimpah sungei awi jambatan gantong je bugus inarajang danum hai minggu male. "
    "Ewen mentai pamarintah mambayar tukang hapa manampalus jambatan te tinai.",
    "bbc": "Pamarenta ni kabupaten naeng pature hite na maponggol dibahen aek godang minggu na salpu. Ndang jadi "
    "angka ruas mangalului dalan marrakit ala aek ni batang i tongtong dope mardalan hian.",
}


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_samples(code: str) -> None:
    assert language(SAMPLES[code]) == code


def test_indonesian_with_english_words_and_foreign_names_stays_indonesian() -> None:
    text = (
        "Pelatih FC Ravenholm, Jonas Eklund, menurunkan formasi three at the back saat melawan Port Merrow. "
        "Gol dicetak Tomas Brandl lewat counter attack pada menit ke-18, lalu Ivo Lanz menggandakan skor."
    )
    assert language(text) == "id"


def test_indonesian_of_sermons_and_laws_is_not_called_malay() -> None:
    sermon = (
        "Barang siapa bersedekah dengan ikhlas, niscaya Allah akan melapangkan rezekinya dan menghapus dosanya. "
        "Hendaklah seorang mukmin menjaga lisannya, sebab perkataan yang buruk lebih tajam daripada pedang. Karena itu "
        "Rasulullah mengajarkan agar kita diam apabila tidak bisa berkata baik. Sebagian ulama berpendapat bahwa "
        "menyakiti tetangga dengan ucapan termasuk dosa besar, sehingga pelakunya harus meminta maaf lebih dahulu."
    )
    law = (
        "Setiap penduduk wajib mendaftarkan kelahiran anaknya selambat-lambatnya enam puluh hari sejak hari kelahiran "
        "itu. Barang siapa dengan sengaja tidak memenuhi kewajiban tersebut dikenai denda menurut peraturan daerah."
    )
    assert languages([sermon, law]) == ["id", "id"]


def test_indonesian_that_quotes_javanese_stays_indonesian() -> None:
    text = (
        "Menurut Lurah Wiryo, warga masih memegang pesan leluhur, “Aja dumeh mentang-mentang kuwasa.” Pesan itu "
        "ditulis di gapura desa sejak tahun lalu dan dibacakan setiap kali ada rapat warga di balai desa."
    )
    assert language(text) == "id"


def test_languages_beyond_the_model_are_left_to_the_others() -> None:
    tagalog = (
        "Inaayos ng pamahalaan ang tulay na nasira ng baha noong nakaraang linggo. Pinapayuhan ang mga residente na "
        "huwag munang tumawid sa ilog habang malakas pa ang agos ng tubig at hindi pa tapos ang mga manggagawa."
    )
    dutch = (
        "De brug over de rivier wordt volgende week hersteld, zegt de gemeente. Bewoners mogen tot die tijd niet met "
        "een vlot oversteken, omdat de stroming nog te sterk is en het water blijft stijgen."
    )
    russian = "Районные власти восстановят подвесной мост, разрушенный наводнением на прошлой неделе, сообщил староста."
    arabic = "ستقوم حكومة المنطقة بإصلاح الجسر المعلق الذي دمره الفيضان في الأسبوع الماضي كما قال رئيس القرية"
    french = (
        "La mairie va réparer la passerelle emportée par la crue la semaine dernière, selon les habitants du village."
    )
    assert languages([tagalog, dutch, russian, arabic, french]) == ["tl", "nl", "ru", "ar", "fr"]


def test_lists_of_numbers_are_too_short_to_tell() -> None:
    assert (
        language("Imsak | Subuh | Zuhur | Asar | Magrib | Isya\n" + "04:24 | 04:35 | 11:52 | 15:08 | 17:53\n" * 9)
        is None
    )


def test_too_short_to_tell() -> None:
    assert languages(["", None, "Foto: Dok. Humas", " \n "]) == [None] * 4


def test_only_the_beginning_is_read() -> None:
    start = (SAMPLES["id"] + " ") * 30
    assert len(start) > LENGTH
    assert language(start + SAMPLES["en"] * 100) == "id"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    found = language(text + " satu dua tiga empat lima enam tujuh delapan")
    assert found is not None
    assert found.isalpha()


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_what_is_read_has_nothing_that_pycld2_refuses(text: str) -> None:
    found = readable(text)
    assert len(found) == len(text)
    assert not any(0xD800 <= ord(sign) < 0xE000 or ord(sign) > 0xFFFF for sign in found)
    assert not any(sign < " " and sign not in "\t\n" for sign in found)


@given(st.permutations([*SAMPLES.values(), "", "Foto: Antara", None]))
def test_order_and_company_change_no_answer(texts: list[str | None]) -> None:
    assert languages(texts) == [language(text or "") for text in texts]


def test_batches_change_no_answer() -> None:
    texts = [*SAMPLES.values()] * 150
    assert languages(texts) == [*SAMPLES] * 150


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_a_column_is_read_like_a_list(kind: pa.DataType) -> None:
    texts = ["", None, *SAMPLES.values()]
    column = pa.array(texts, kind)
    assert languages(column.slice(2)) == [*SAMPLES]
    assert languages(pa.chunked_array([column, column])) == languages(texts) * 2


def test_control_and_surrogate_characters_do_no_harm() -> None:
    noisy = SAMPLES["id"].replace(" ", " \x00\x85\ud83d\ufffe", 5)
    assert language(noisy) == "id"


def documents(name: str, sentences: int, first: int = 0) -> dict[str, list[str]]:
    """The texts of a file by language from some sentence on, joined to documents of some sentences."""
    file = DATA / name
    if not file.exists():
        pytest.skip(f"{file} is not here")
    by: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by[row["language"]].append(row["text"])
    return {
        name: [" ".join(texts[i : i + sentences]) for i in range(first, len(texts), sentences)]
        for name, texts in by.items()
    }


#: The first hundred sentences of each language were trained on.
UNSEEN = 100


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("indonesian", "id"), ("javanese", "jv"), ("sundanese", "su"), ("english", "en"), ("minangkabau", "min")],
        *[("banjarese", "bjn"), ("ngaju", "nij"), ("balinese", "ban"), ("madurese", "mad"), ("acehnese", "ace")],
        *[("buginese", "bug"), ("toba_batak", "bbc")],
    ],
)
def test_real_documents(name: str, code: str) -> None:
    found = languages(documents("language_sentences.jsonl", 5, UNSEEN)[name])
    assert found.count(code) == len(found) == 20


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("javanese", "jv"), ("sundanese", "su"), ("minangkabau", "min"), ("balinese", "ban"), ("acehnese", "ace")],
        *[("buginese", "bug"), ("english", "en"), ("tagalog", "tl")],
    ],
)
def test_real_documents_of_another_kind(name: str, code: str) -> None:
    found = languages(documents("language_udhr.jsonl", 4)[name])
    assert found.count(code) == len(found)


def test_real_malay_is_not_called_indonesian() -> None:
    found = languages(documents("language_udhr.jsonl", 6)["malay"])
    assert found.count("ms") == len(found)


def test_real_ordinary_news_is_indonesian() -> None:
    import gzip

    file = DATA / "ordinary.jsonl"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    with gzip.open(DATA / "articles.jsonl.gz", "rt", encoding="utf-8") as articles:
        texts = [json.loads(line)["text"] for line in articles]
    found = languages([texts[row["line"]] for row in rows if row["label"] == "ordinary"])
    assert set(found) == {"id"}
