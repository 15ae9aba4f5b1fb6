"""Places that stand in datelines: Indonesian cities and regencies, cities abroad as Indonesian news names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.lines import Line

_INDONESIA = """
    Agam | Alor | Ambon | Amuntai | Argamakmur | Asahan | Atambua | Badung | Balikpapan | Banda Aceh |
    Bandar Lampung | Bandung | Bandung Barat | Banggai | Bangka | Bangkalan | Bangkinang | Bangli | Banjar |
    Banjarbaru | Banjarmasin | Banjarnegara | Bantaeng | Bantul | Banyuasin | Banyumas | Banyuwangi | Barabai |
    Barru | Batam | Batang | Batu | Batu Bara | Batulicin | Batusangkar | Baubau | Bekasi | Belitung |
    Bengkalis | Bengkayang | Bengkulu | Berau | Biak | Bima | Binjai | Bireuen | Bitung | Blitar | Blora |
    Boalemo | Bogor | Bojonegara | Bojonegoro | Bolaang Mongondow | Bombana | Bondowoso | Bone | Bontang |
    Boyolali | Brebes | Bukittinggi | Buleleng | Bulukumba | Buol | Buton | Cepu | Ciamis | Cianjur | Cibinong |
    Cikarang | Cilacap | Cilegon | Cimahi | Cirebon | Deli Serdang | Demak | Denpasar | Depok | Dharmasraya |
    Dompu | Donggala | Dumai | Empat Lawang | Ende | Enrekang | Fakfak | Flores Timur | Garut | Gayo Lues |
    Gianyar | Gorontalo | Gowa | Gresik | Grobogan | Gunung Kidul | Gunung Mas | Gunungkidul | Gunungsitoli |
    Halmahera | Humbang Hasundutan | Indragiri Hilir | Indragiri Hulu | Indralaya | Indramayu | Jakarta |
    Jakarta Barat | Jakarta Pusat | Jakarta Selatan | Jakarta Timur | Jakarta Utara | Jambi | Jayapura |
    Jember | Jembrana | Jeneponto | Jepara | Jombang | Kaimana | Kampar | Kandangan | Kapuas | Karanganyar |
    Karangasem | Karawang | Karimun | Karo | Kayuagung | Kebumen | Kediri | Kefamenanu | Kendal | Kendari |
    Kepulauan Seribu | Kerinci | Ketapang | Klaten | Klungkung | Kolaka | Konawe | Kotabaru | Kotabumi |
    Kotamobagu | Kuantan Singingi | Kudus | Kulon Progo | Kuningan | Kupang | Kutai Kartanegara | Kutai Timur |
    Labuan Bajo | Labuhanbatu | Lahat | Lamongan | Langsa | Lebak | Lembata | Lhokseumawe | Limapuluh Kota |
    Lombok | Lubuk Basung | Lubuk Pakam | Lubuklinggau | Lumajang | Luwu | Luwu Timur | Madina | Madiun |
    Magelang | Magetan | Majalengka | Majene | Makassar | Malang | Malinau | Maluku Tengah | Mamuju | Manado |
    Manggarai | Manggarai Barat | Manokwari | Maros | Martapura | Mataram | Maumere | Medan | Mempawah |
    Mentawai | Merauke | Metro | Meulaboh | Mimika | Minahasa | Mojokerto | Morowali | Muara Enim |
    Muaro Jambi | Mukomuko | Muna | Musi Banyuasin | Musi Rawas | Nabire | Natuna | Negara | Ngada | Nganjuk |
    Ngawi | Nias | Nunukan | Nusa Dua | Nusantara | Ogan Ilir | Ogan Komering Ilir | Pacitan | Padang |
    Padang Lawas | Padang Panjang | Padang Pariaman | Padang Sidempuan | Palangka Raya | Palangkaraya |
    Palembang | Palopo | Palu | Pamekasan | Pandeglang | Pangandaran | Pangkalpinang | Pangkep | Parepare |
    Pariaman | Parigi Moutong | Pasaman | Paser | Pasuruan | Pati | Payakumbuh | Pekalongan | Pekanbaru |
    Pelalawan | Pemalang | Pematangsiantar | Penajam | Penajam Paser Utara | Pesawaran | Pesisir Selatan |
    Pidie | Pinrang | Polewali Mandar | Ponorogo | Pontianak | Poso | Prabumulih | Pringsewu | Probolinggo |
    Pulang Pisau | Puncak Jaya | Purbalingga | Purwakarta | Purwokerto | Purworejo | Raja Ampat | Rantauprapat |
    Rejang Lebong | Rembang | Riau | Rokan Hilir | Rokan Hulu | Rote Ndao | Ruteng | Sabang | Salatiga |
    Samarinda | Sambas | Samosir | Sampang | Sampit | Sangatta | Sanggau | Sarolangun | Sekadau | Selayar |
    Seluma | Semarang | Sengkang | Serang | Serdang Bedagai | Siak | Sibolga | Sidoarjo | Sidrap | Sigi |
    Sijunjung | Sikka | Simalungun | Singaraja | Singkawang | Sinjai | Sintang | Situbondo | Slawi | Sleman |
    Solo | Solok | Solok Selatan | Soppeng | Soreang | Sorong | Sragen | Subang | Sukabumi | Sukoharjo |
    Sumba Barat | Sumba Timur | Sumbawa | Sumedang | Sumenep | Sungai Penuh | Sungguminasa | Surabaya |
    Surakarta | Tabanan | Takalar | Takengon | Tana Toraja | Tanah Bumbu | Tanah Datar | Tanah Laut |
    Tangerang | Tangerang Selatan | Tanggamus | Tanjung Balai | Tanjung Pandan | Tanjung Pinang |
    Tanjung Selor | Tanjungpinang | Tapanuli Selatan | Tapanuli Tengah | Tapanuli Utara | Tarakan | Tarutung |
    Tasikmalaya | Tebing Tinggi | Tegal | Temanggung | Tenggarong | Ternate | Tigaraksa | Timika | Toba |
    Tojo Una-Una | Tolitoli | Toraja | Toraja Utara | Trenggalek | Tuapejat | Tuban | Tulang Bawang |
    Tulungagung | Ubud | Ungaran | Waingapu | Wajo | Wakatobi | Wamena | Way Kanan | Wonogiri | Wonosari |
    Wonosobo | Yogyakarta
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
    text = line.lines.texts[line.document].as_py()
    return bool(re.search(rf"\b(?:di|ke|dari|Kabupaten|Kota|Kecamatan|Pulau|Distrik) {re.escape(name)}\b", text))
