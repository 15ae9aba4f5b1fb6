"""Places that stand in datelines: Indonesian cities and regencies, cities abroad as Indonesian news names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.lines import Line

_INDONESIA = """
    Agam | Agats | Airmadidi | Alor | Ambon | Ampana | Amuntai | Amurang | Andoolo | Argamakmur | Arosuka |
    Asahan | Atambua | Badung | Bagansiapiapi | Bajawa | Balige | Balikpapan | Banda Aceh | Bandar Lampung |
    Bandung | Bandung Barat | Banggai | Bangka | Bangkalan | Bangkinang | Bangko | Bangli | Banjar |
    Banjarbaru | Banjarmasin | Banjarnegara | Bantaeng | Bantul | Banyuasin | Banyumas | Banyuwangi | Barabai |
    Barru | Batam | Batang | Batu | Batu Bara | Batulicin | Baturaja | Batusangkar | Baubau | Bekasi |
    Belitung | Belopa | Bengkalis | Bengkayang | Bengkulu | Benteng | Berau | Betun | Biak | Bima | Binjai |
    Bintuni | Bireuen | Bitung | Blambangan Umpu | Blangkejeren | Blangpidie | Blitar | Blora | Boalemo |
    Bobong | Bogor | Bojonegara | Bojonegoro | Bolaang Mongondow | Bombana | Bondowoso | Bone | Bontang |
    Boroko | Boyolali | Brebes | Bukittinggi | Buleleng | Bulukumba | Bulungan | Bungku | Buntok | Buol |
    Buton | Calang | Cepu | Ciamis | Cianjur | Cibinong | Cikarang | Cilacap | Cilegon | Cimahi | Cirebon |
    Curup | Daik | Daruba | Dekai | Deli Serdang | Demak | Denpasar | Depok | Dharmasraya | Dobo |
    Dolok Sanggul | Dompu | Donggala | Dumai | Empat Lawang | Enarotali | Ende | Enrekang | Fakfak |
    Flores Timur | Garut | Gayo Lues | Gianyar | Gorontalo | Gowa | Gresik | Grobogan | Gunung Kidul |
    Gunung Mas | Gunung Sugih | Gunung Tua | Gunungkidul | Gunungsitoli | Halmahera | Humbang Hasundutan | Idi |
    Indragiri Hilir | Indragiri Hulu | Indralaya | Indramayu | Jailolo | Jakarta | Jakarta Barat |
    Jakarta Pusat | Jakarta Selatan | Jakarta Timur | Jakarta Utara | Jambi | Jantho | Jayapura | Jember |
    Jembrana | Jeneponto | Jepara | Jombang | Kabanjahe | Kaimana | Kalabahi | Kalianda | Kampar | Kandangan |
    Kapuas | Karanganyar | Karangasem | Karawang | Karimun | Karo | Karubaga | Kasongan | Kayuagung | Kebumen |
    Kediri | Kefamenanu | Kendal | Kendari | Kepahiang | Kepulauan Seribu | Kerinci | Ketapang | Kisaran |
    Klaten | Klungkung | Kolaka | Konawe | Kotabaru | Kotabumi | Kotamobagu | Krui | Kuantan Singingi | Kudus |
    Kulon Progo | Kuningan | Kupang | Kutacane | Kutai Kartanegara | Kutai Timur | Kwandang | Labuan Bajo |
    Labuha | Labuhanbatu | Lahat | Lamandau | Lamongan | Langgur | Langsa | Larantuka | Lebak | Lembata |
    Lewoleba | Lhokseumawe | Limapuluh | Limapuluh Kota | Limboto | Liwa | Lombok | Lubuk Basung | Lubuk Pakam |
    Lubuk Sikaping | Lubuklinggau | Lumajang | Luwu | Luwu Timur | Luwuk | Madina | Madiun | Magelang |
    Magetan | Majalengka | Majene | Makale | Makassar | Malang | Malili | Malinau | Maluku Tengah | Mamuju |
    Manado | Manggarai | Manggarai Barat | Manna | Manokwari | Marabahan | Marisa | Maros | Martapura |
    Masamba | Masohi | Mataram | Maumere | Mbay | Medan | Melonguane | Mempawah | Menggala | Mentawai |
    Merauke | Metro | Meulaboh | Mimika | Minahasa | Mojokerto | Morowali | Muara Bulian | Muara Bungo |
    Muara Enim | Muara Tebo | Muara Teweh | Muaro Jambi | Muaro Sijunjung | Mukomuko | Muna | Musi Banyuasin |
    Musi Rawas | Nabire | Namlea | Nanga Pinoh | Natuna | Negara | Ngabang | Ngada | Nganjuk | Ngawi | Nias |
    Nunukan | Nusa Dua | Nusantara | Ogan Ilir | Ogan Komering Ilir | Oksibil | Pacitan | Padang | Padang Aro |
    Padang Lawas | Padang Panjang | Padang Pariaman | Padang Sidempuan | Pagaralam | Painan | Palangka Raya |
    Palangkaraya | Palembang | Palopo | Palu | Pamekasan | Pandeglang | Pangandaran | Pangkajene |
    Pangkalan Bun | Pangkalan Kerinci | Pangkalpinang | Pangkep | Pangururan | Panyabungan | Parepare |
    Pariaman | Parigi | Parigi Moutong | Paringin | Pasaman | Pasangkayu | Paser | Pasuruan | Pati |
    Payakumbuh | Pekalongan | Pekanbaru | Pelaihari | Pelalawan | Pemalang | Pematangsiantar | Penajam |
    Penajam Paser Utara | Pesawaran | Pesisir Selatan | Pidie | Pinrang | Piru | Polewali Mandar | Ponorogo |
    Pontianak | Poso | Prabumulih | Praya | Pringsewu | Probolinggo | Pulang Pisau | Pulau Punjung |
    Puncak Jaya | Purbalingga | Puruk Cahu | Purwakarta | Purwokerto | Purworejo | Putussibau | Raha |
    Raja Ampat | Ranai | Rantau | Rantauprapat | Rantepao | Ratahan | Rejang Lebong | Rembang | Rengat | Riau |
    Rokan Hilir | Rokan Hulu | Rote Ndao | Rumbia | Ruteng | Sabang | Salatiga | Samarinda | Sambas | Samosir |
    Sampang | Sampit | Sanana | Sangatta | Sanggau | Sarmi | Sarolangun | Saumlaki | Sekadau | Sekayu |
    Selatpanjang | Selayar | Selong | Seluma | Semarang | Sendawar | Sengkang | Sentani | Serang |
    Serdang Bedagai | Serui | Siak | Sibolga | Sibuhuan | Sidenreng | Sidikalang | Sidoarjo | Sidrap | Sigi |
    Sigli | Sijunjung | Sikka | Simalungun | Singaraja | Singkawang | Singkil | Sinjai | Sintang | Situbondo |
    Slawi | Sleman | Soasio | Soe | Solo | Solok | Solok Selatan | Soppeng | Soreang | Sorong | Sragen |
    Stabat | Subang | Sukabumi | Sukadana | Sukamara | Sukoharjo | Sumba Barat | Sumba Timur | Sumbawa |
    Sumedang | Sumenep | Sungai Penuh | Sungguminasa | Surabaya | Surakarta | Tabanan | Tahuna | Takalar |
    Takengon | Taliwang | Tambolaka | Tamiang Layang | Tana Paser | Tana Toraja | Tanah Bumbu | Tanah Datar |
    Tanah Laut | Tangerang | Tangerang Selatan | Tanggamus | Tanjung | Tanjung Balai | Tanjung Pandan |
    Tanjung Pinang | Tanjung Redeb | Tanjung Selor | Tanjungpinang | Tapaktuan | Tapanuli Selatan |
    Tapanuli Tengah | Tapanuli Utara | Tarakan | Tarempa | Tarutung | Tasikmalaya | Tebing Tinggi | Tegal |
    Teluk Dalam | Teluk Kuantan | Temanggung | Tembilahan | Teminabuan | Tenggarong | Ternate | Tiakur |
    Tigaraksa | Tilamuta | Timika | Toba | Tobelo | Tojo Una-Una | Tolitoli | Tomohon | Tondano | Toraja |
    Toraja Utara | Trenggalek | Tual | Tuapejat | Tuban | Tulang Bawang | Tulungagung | Ubud | Unaaha |
    Ungaran | Waikabubak | Waingapu | Waisai | Wajo | Wakatobi | Wamena | Watampone | Watansoppeng | Way Kanan |
    Weda | Wonogiri | Wonosari | Wonosobo | Yogyakarta
"""
_WORLD = """
    Alor Setar | Amsterdam | Ankara | Athena | Baghdad | Bandar Seri Begawan | Bangkok | Barcelona | Beijing |
    Beirut | Berlin | Bern | Brussels | Canberra | Damaskus | Dhaka | Dili | Doha | Dubai | Gaza | George Town |
    Hanoi | Havana | Hong Kong | Ipoh | Islamabad | Istanbul | Jeddah | Jenewa | Johannesburg | Johor Bahru |
    Kabul | Kairo | Kiev | Kota Bharu | Kota Kinabalu | Kuala Lumpur | Kuala Terengganu | Kuantan | Kuching |
    Kyiv | Lisbon | Liverpool | London | Los Angeles | Madinah | Madrid | Makkah | Manchester | Manila |
    Mekkah | Melaka | Melbourne | Milan | Moscow | Moskow | Mumbai | Munich | New Delhi | New York |
    Nusa Tenggara Timur | Osaka | Oslo | Ottawa | Paris | Phnom Penh | Putrajaya | Pyongyang | Rio De Janeiro |
    Riyadh | Roma | San Francisco | Seoul | Seremban | Shah Alam | Shanghai | Singapura | Stockholm | Sydney |
    Taipei | Teheran | Tel Aviv | Tokyo | Tripoli | Turin | Vatikan | Vientiane | Warsawa | Washington |
    Washington Dc | Wina | Yerusalem | Zurich
"""

#: names as str.title() writes them
CITIES = frozenset(name.strip() for names in (_INDONESIA, _WORLD) for name in names.replace("\n", " ").split("|"))


def is_place(name: str, line: Line) -> bool:
    """Whether a name before the lead is a known place, or one that the text names again as a place (*di Lebak*)."""
    name = name.title()
    if name.removeprefix("Kota ").removeprefix("Kabupaten ") in CITIES:
        return True
    text = line.lines.texts[line.document]
    return bool(re.search(rf"\b(?:di|ke|dari|Kabupaten|Kota|Kecamatan|Pulau|Distrik) {re.escape(name)}\b", text))
