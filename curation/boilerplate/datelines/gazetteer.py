"""Places that stand in datelines: Indonesian cities and regencies, and the world's capitals as news names them."""

from __future__ import annotations

_INDONESIA = """
    Ambon | Balikpapan | Banda Aceh | Bandar Lampung | Bandung | Bandung Barat | Bangka | Bangkalan |
    Banjar | Banjarbaru | Banjarmasin | Bantul | Banyumas | Banyuwangi | Batam | Batang | Batu |
    Baubau | Bekasi | Belitung | Bengkulu | Berau | Bima | Binjai | Bitung | Blitar | Blora | Bogor |
    Bojonegoro | Bondowoso | Bontang | Boyolali | Brebes | Bukittinggi | Buleleng | Ciamis | Cianjur |
    Cibinong | Cikarang | Cilacap | Cilegon | Cimahi | Cirebon | Deli Serdang | Demak | Denpasar |
    Depok | Dumai | Ende | Garut | Gianyar | Gorontalo | Gresik | Grobogan | Gunungkidul |
    Gunungsitoli | Indramayu | Jakarta | Jakarta Barat | Jakarta Pusat | Jakarta Selatan |
    Jakarta Timur | Jakarta Utara | Jambi | Jayapura | Jember | Jepara | Jombang | Karanganyar |
    Karawang | Kebumen | Kediri | Kendal | Kendari | Klaten | Klungkung | Kudus | Kulon Progo |
    Kuningan | Kupang | Labuan Bajo | Lamongan | Langsa | Lhokseumawe | Lombok | Lubuklinggau |
    Lumajang | Madiun | Magelang | Magetan | Majalengka | Makassar | Malang | Mamuju | Manado |
    Manokwari | Mataram | Maumere | Medan | Merauke | Metro | Mimika | Mojokerto | Nabire | Nganjuk |
    Ngawi | Nusa Dua | Nusantara | Pacitan | Padang | Padang Panjang | Palangkaraya | Palangka Raya |
    Palembang | Palopo | Palu | Pamekasan | Pangandaran | Pangkalpinang | Parepare | Pariaman |
    Pasuruan | Pati | Payakumbuh | Pekalongan | Pekanbaru | Pemalang | Pematangsiantar | Ponorogo |
    Pontianak | Poso | Prabumulih | Probolinggo | Purbalingga | Purwakarta | Purwokerto | Purworejo |
    Rembang | Sabang | Salatiga | Samarinda | Sampang | Semarang | Serang | Serdang Bedagai | Sibolga |
    Sidoarjo | Singkawang | Situbondo | Slawi | Sleman | Solo | Solok | Sorong | Sragen | Subang |
    Sukabumi | Sukoharjo | Sumedang | Sumenep | Surabaya | Surakarta | Tabanan | Tangerang |
    Tangerang Selatan | Tanjung Selor | Tanjungpinang | Tarakan | Tasikmalaya | Tebing Tinggi | Tegal |
    Temanggung | Ternate | Timika | Trenggalek | Tuban | Tulungagung | Ubud | Ungaran | Wamena |
    Wonogiri | Wonosobo | Yogyakarta
"""
_WORLD = """
    Amsterdam | Ankara | Athena | Baghdad | Bangkok | Barcelona | Beijing | Beirut | Berlin | Bern |
    Brussels | Canberra | Damaskus | Dhaka | Doha | Dubai | Gaza | Hanoi | Havana | Hong Kong |
    Islamabad | Istanbul | Jeddah | Jenewa | Johannesburg | Kabul | Kairo | Kiev | Kuala Lumpur | Kyiv |
    Lisbon | Liverpool | London | Los Angeles | Madinah | Madrid | Makkah | Manchester | Manila |
    Mekkah | Melbourne | Milan | Moskow | Moscow | Mumbai | Munich | New Delhi | New York |
    Nusa Tenggara Timur | Osaka | Oslo | Ottawa | Paris | Phnom Penh | Pyongyang | Rio De Janeiro |
    Riyadh | Roma | San Francisco | Seoul | Shanghai | Singapura | Stockholm | Sydney | Taipei |
    Teheran | Tel Aviv | Tokyo | Tripoli | Turin | Vatikan | Vientiane | Warsawa | Washington |
    Washington Dc | Wina | Yerusalem | Zurich
"""

#: names as str.title() writes them
CITIES = frozenset(name.strip() for names in (_INDONESIA, _WORLD) for name in names.replace("\n", " ").split("|"))
