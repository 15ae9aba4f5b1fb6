"""Places that stand in datelines: Indonesian cities and regencies, cities abroad as Indonesian news names them."""

from __future__ import annotations

_INDONESIA = """
    Agam | Alor | Amuntai | Argamakmur | Asahan | Atambua | Badung | Banggai | Bangkinang | Bangli | Banjarnegara |
    Bantaeng | Banyuasin | Barabai | Barru | Batu Bara | Batulicin | Batusangkar | Bengkalis | Bengkayang | Biak |
    Bireuen | Boalemo | Bojonegara | Bolaang Mongondow | Bombana | Bone | Bulukumba | Buol | Buton | Cepu | Dharmasraya |
    Dompu | Donggala | Empat Lawang | Enrekang | Fakfak | Flores Timur | Gayo Lues | Gowa | Gunung Mas | Gunung Kidul |
    Halmahera | Humbang Hasundutan | Indralaya | Indragiri Hilir | Indragiri Hulu | Jeneponto | Jembrana | Kampar |
    Kandangan | Kapuas | Karangasem | Karimun | Karo | Kaimana | Kayuagung | Kefamenanu | Kepulauan Seribu | Kerinci |
    Ketapang | Kolaka | Konawe | Kotabaru | Kotabumi | Kotamobagu | Kuantan Singingi | Kutai Kartanegara | Kutai Timur |
    Labuhanbatu | Lahat | Lebak | Lembata | Limapuluh Kota | Lubuk Basung | Lubuk Pakam | Luwu | Luwu Timur | Madina |
    Majene | Malinau | Maluku Tengah | Manggarai | Manggarai Barat | Maros | Martapura | Mempawah | Mentawai | Meulaboh |
    Minahasa | Morowali | Muara Enim | Muaro Jambi | Mukomuko | Muna | Musi Banyuasin | Musi Rawas | Natuna | Negara | Ngada |
    Nias | Nunukan | Ogan Ilir | Ogan Komering Ilir | Padang Lawas | Padang Pariaman | Padang Sidempuan | Pandeglang |
    Pangkep | Parigi Moutong | Pasaman | Paser | Pelalawan | Penajam | Penajam Paser Utara | Pesawaran | Pesisir Selatan |
    Pidie | Pinrang | Polewali Mandar | Pringsewu | Pulang Pisau | Puncak Jaya | Rantauprapat | Raja Ampat | Rejang Lebong |
    Riau | Rokan Hilir | Rokan Hulu | Rote Ndao | Ruteng | Sambas | Samosir | Sampit | Sanggau | Sangatta | Sarolangun |
    Selayar | Seluma | Sekadau | Sengkang | Siak | Sidrap | Sigi | Sijunjung | Sikka | Simalungun | Singaraja | Sinjai |
    Sintang | Solok Selatan | Soppeng | Soreang | Sukabumi | Sumba Barat | Sumba Timur | Sumbawa | Sungai Penuh | Sungguminasa |
    Takalar | Takengon | Tana Toraja | Tanah Bumbu | Tanah Datar | Tanah Laut | Tanggamus | Tanjung Balai | Tanjung Pandan |
    Tanjung Pinang | Tapanuli Selatan | Tapanuli Tengah | Tapanuli Utara | Tarutung | Tenggarong | Tigaraksa | Toba |
    Tojo Una-Una | Tolitoli | Toraja | Toraja Utara | Tuapejat | Tulang Bawang | Waingapu | Wajo | Wakatobi | Way Kanan |
    Wonosari |
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
    Alor Setar | George Town | Ipoh | Johor Bahru | Kota Bharu | Kota Kinabalu | Kuala Terengganu | Kuantan | Kuching |
    Melaka | Putrajaya | Seremban | Shah Alam | Bandar Seri Begawan | Dili |
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
