"""The words of the invented news: Indonesian stems with their affixes, names, numbers, stock phrases, and a dictionary.

A word is a number; a *token* is a word as it is printed: with a capital, a comma, a closing quote, and what follows it
(a space, a line break). A text is then a row of token numbers, and one Arrow ``take`` writes thousands of texts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation.quality.text import n_words

Ids = npt.NDArray[np.int32]

#: How a word is printed; its token is ``word * len(FORMS) + form``.
PLAIN, CAPITAL, COMMA, STOP, PARAGRAPH, END, OPEN_CURLY, OPEN, CLOSE_CURLY, CLOSE, DASH, TITLE_END = range(12)
FORMS = 12

#: Function words and how many of 1,000 words they are.
_FUNCTION = {
    "yang": 33, "di": 27, "dan": 26, "dengan": 12, "ini": 11, "itu": 11, "untuk": 12, "dari": 11, "pada": 10,
    "dalam": 10, "tidak": 8, "akan": 7, "ke": 8, "juga": 7, "oleh": 5, "telah": 4, "sudah": 5, "saat": 4, "karena": 4,
    "bisa": 4, "ada": 5, "para": 4, "sebagai": 4, "tersebut": 6, "lebih": 4, "atau": 3, "kami": 4, "kita": 4,
    "adalah": 4, "tahun": 5, "menjadi": 3, "dapat": 3, "hari": 3, "harus": 2, "secara": 2, "bahwa": 3, "setelah": 2,
    "hingga": 2, "seperti": 2, "serta": 2, "masih": 2, "namun": 2, "antara": 2, "satu": 2, "dua": 2, "agar": 1,
    "sejumlah": 1, "tetapi": 1, "sementara": 1, "sebelumnya": 1, "lalu": 1, "masing-masing": 1, "selain": 1,
    "terhadap": 1,
}  # fmt: skip

#: Roots that take affixes, those used as such first.
_STEMS = """
warga kota jalan rumah kerja pasar harga anak sekolah bangun laku kata jual beli hasil usaha bantu masyarakat laksana
tingkat kembang mulai sampai jadi ambil bawa tulis baca lihat dengar tanya jawab cari dapat beri terima kirim tangkap
tahan periksa sidik selidik lapor adu gugat putus hukum sidang saksi bukti duga sangka curi tipu rampas pukul tembak
bunuh luka rawat obat sakit sembuh sehat tular cegah uji coba ukur hitung catat daftar data kumpul bagi salur simpan
tabung pinjam bayar tagih utang untung rugi modal tanam panen pupuk tani nelayan laut kapal layar labuh tangkar ternak
hutan tebang bakar asap padam banjir genang hujan angin gempa guncang longsor runtuh rusak baik bersih kotor sampah
buang olah daur limbah cemar lindung jaga aman awas pantau kendali atur tata susun rancang rencana siap sedia lengkap
tambah kurang turun naik rendah tinggi cepat lambat maju mundur henti lanjut ulang ubah ganti tukar pindah pulang
pergi datang hadir undang temu rapat musyawarah sepakat setuju tolak dukung dorong ajak himbau ingat lupa tegas jelas
terang umum tutup buka resmi sah cabut terbit edar siar berita kabar cerita kisah foto gambar rekam video unggah unduh
akses guna pakai manfaat fungsi tugas wajib hak tanggung janji harap ingin butuh perlu minta desak tuntut demo orasi
kumandang pimpin pilih calon suara kampanye partai menteri presiden gubernur bupati camat desa dusun kampung kelurahan
daerah pusat provinsi wilayah batas lintas jalur kereta bus stasiun bandara terbang darat tumpang angkut muat bongkar
parkir tabrak senggol jatuh tewas selamat evakuasi temukan hilang hanyut tenggelam selam cari lacak jejak arah tuju
depan belakang samping atas bawah dalam luar utara selatan timur barat tengah pagi siang sore malam pekan bulan musim
latih main tanding menang kalah imbang gol gawang bola pelatih klub liga juara piala medali atlet lari lompat renang
nyanyi tari musik lagu konser panggung film tonton bintang seni budaya adat upacara pesta kawin nikah keluarga ibu
ayah saudara tetangga teman kawan musuh lawan perang damai runding serang bela tentara polisi patroli razia sita ganja
narkotika judi suap korupsi anggar dana hibah pajak cukai tarif subsidi inflasi tumbuh ekonomi dagang ekspor impor
industri pabrik buruh upah gaji pensiun asuransi saham investasi bursa bank kredit nasabah rekening transaksi digital
aplikasi jaringan internet sinyal listrik daya energi minyak gas batu tambang emas nikel timah semen beton jembatan
tol aspal bendung irigasi sawah ladang kebun kopi teh karet sawit kelapa cengkih padi jagung kedelai beras gula garam
bawang cabai telur ayam sapi kambing ikan udang rumput sayur buah masak goreng rebus makan minum lapar kenyang gizi
susu guru siswa murid mahasiswa kampus kuliah ajar didik nilai lulus ijazah beasiswa buku pustaka teliti temu ilmu
teknologi mesin alat robot satelit roket bumi langit matahari bulan cuaca iklim panas dingin kering basah sungai danau
gunung lereng lembah pantai pulau karang muara pelabuhan dermaga menara gedung kantor ruang kamar pintu jendela atap
dinding lantai kursi meja lampu kunci tangga taman lapang stadion masjid gereja pura wihara puasa zakat haji umrah doa
"""

#: Words that no kernel should stumble over: letters beyond ASCII, beyond the first plane, emoji.
_RARE_LETTERS = (
    "José", "Müller", "São", "Kraków", "Nguyễn", "İzmir", "Ångström", "naïf", "café", "Łódź", "Đà", "Ελλάς", "Москва",
    "東京", "𝐍𝐄𝐖𝐒", "🙏", "🔥", "🇮🇩", "👍🏽", "CO₂", "m²", "½", "№",
)  # fmt: skip

_GIVEN = """
Adi Agung Ahyar Alif Anwar Ardi Arum Bagus Bayu Bima Budi Cahya Citra Damar Danu Dewi Dian Dimas Eka Elok Endah Fajar
Farah Fitri Galih Gilang Hanif Hendra Ilham Indra Intan Jaka Joko Kartika Kurnia Laras Lestari Lukman Made Maya Mega
Nanda Ningsih Nur Oki Prasetyo Puspa Putri Rahma Rangga Ratna Reza Rini Rizal Satria Sekar Surya Tari Teguh Tirta Tri
Umar Utami Wahyu Wayan Widya Wira Wulan Yani Yoga Yusuf Zahra
"""
_FAMILY = """
Adinata Anggara Astuti Baskara Batubara Darmawan Dharmasena Ginanjar Gunadi Hakiki Halimun Handaru Hapsari Hartono
Hidayatullah Iskandari Kartasena Kusnadi Kusuma Lesmana Lubis Maharani Mahendra Mandala Manurung Marpaung Mulyadi
Nasution Natawijaya Nugraha Pamungkas Pangestu Permadi Pradana Pranoto Pratiwi Purnama Rahardja Ramadhani Rustandi
Sanjaya Santika Saputra Sasmita Setiadi Siregar Sitorus Suganda Sukmana Sumantri Suryana Susanto Sutrisna Tanjung
Trisnadi Utomo Wardhana Wibisana Wicaksana Wijayanti Winata Wiratama Yudhistira Yulianto Zulkarnaen
"""

_PLACES = """
Jakarta Surabaya Bandung Medan Semarang Makassar Palembang Denpasar Malang Yogyakarta Surakarta Bogor Depok Bekasi
Tangerang Serang Cirebon Tasikmalaya Garut Sukabumi Tegal Pekalongan Kudus Jepara Magelang Purwokerto Cilacap Madiun
Kediri Blitar Jember Banyuwangi Probolinggo Pasuruan Mojokerto Gresik Lamongan Tuban Bojonegoro Padang Bukittinggi
Pekanbaru Dumai Batam Jambi Bengkulu Lampung Metro Pangkalpinang Pontianak Singkawang Palangkaraya Sampit Banjarmasin
Balikpapan Samarinda Bontang Tarakan Manado Bitung Gorontalo Palu Kendari Baubau Parepare Palopo Mamuju Mataram Bima
Kupang Ende Maumere Ambon Ternate Tidore Sorong Manokwari Jayapura Merauke Timika Nabire
"""
PLACES = tuple(_PLACES.split())
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

#: Slots of a phrase: what is printed there are facts.
NUMBER, NAME, PLACE, DAY = range(4)
_SLOTS = {"#": NUMBER, "@": NAME, "&": PLACE, "%": DAY}
#: Facts among 1,000 words of a story, by slot.
_FACTS = (30, 25, 14, 5)

#: Openings that many stories share.
STOCK = """
Hal itu disampaikan dalam konferensi pers di &
Berdasarkan informasi yang dihimpun di lapangan pada hari %
Hingga berita ini diturunkan belum ada keterangan resmi dari
Saat dikonfirmasi melalui sambungan telepon pada hari % @ mengatakan
Menurut keterangan tertulis yang diterima pada hari %
Kepala Bidang Humas @ membenarkan adanya kejadian tersebut di
Dalam kesempatan yang sama @ juga menyampaikan bahwa pihaknya
Ia berharap dengan adanya kegiatan ini masyarakat dapat
Atas perbuatannya pelaku dijerat dengan pasal # tentang
Sementara itu warga setempat @ mengaku tidak mengetahui bahwa
""".strip().splitlines()

#: Lines of frames, by genre: a gold price, a weather forecast, a football result, an aid payment, an answer key.
_GENRES = """
Harga emas batangan di & pada hari % dipatok # per gram
Harga emas ukuran 0,5 gram # dan ukuran 1 gram #
Harga emas ukuran 5 gram # dan ukuran 10 gram # belum termasuk pajak
Harga emas ukuran 50 gram dibanderol # sedangkan ukuran 100 gram mencapai #
Adapun harga jual kembali atau buyback berada di level # per gram
Sesuai aturan setiap pembelian emas batangan dikenakan pajak penghasilan # persen bagi pemegang kartu wajib pajak
--
Berikut prakiraan cuaca wilayah & dan sekitarnya untuk hari % menurut badan meteorologi
Suhu udara berkisar antara # hingga # derajat Celsius dengan kelembapan # persen
Pada pagi hari cuaca di & diprakirakan cerah berawan
Hujan ringan berpotensi turun di & dan & pada siang hingga sore hari
Angin bertiup dari arah timur dengan kecepatan # kilometer per jam
Masyarakat diimbau tetap waspada terhadap potensi hujan lebat disertai kilat dan angin kencang di wilayah tersebut
--
Pertandingan antara tuan rumah & melawan & berakhir dengan skor # pada hari %
Gol pembuka dicetak oleh @ pada menit # lewat tendangan dari luar kotak penalti
Tim tamu menyamakan kedudukan melalui @ pada menit #
Dengan hasil ini & mengumpulkan # poin dari # pertandingan dan berada di posisi # klasemen sementara
Pelatih @ mengaku puas dengan penampilan anak asuhnya
Pada laga berikutnya mereka dijadwalkan bertandang ke markas & pada hari % mendatang
--
Bantuan sosial tahap # mulai disalurkan di & pada hari %
Setiap keluarga penerima manfaat akan mendapatkan # yang dibayarkan melalui bank penyalur
Cara mengecek nama penerima adalah dengan membuka laman resmi lalu memasukkan nama provinsi kabupaten kecamatan dan desa
Jumlah penerima di & tercatat sebanyak # keluarga
Koordinator penyaluran @ mengatakan proses pencairan berlangsung hingga hari %
Penerima wajib membawa kartu tanda penduduk dan kartu keluarga asli saat pengambilan di kantor pos terdekat
--
Simak kunci jawaban halaman # dan # untuk siswa kelas # berikut ini
Kunci jawaban ini hanya digunakan sebagai panduan bagi orang tua untuk mengoreksi hasil belajar anak
Pertanyaan nomor # membahas jumlah hasil kali antara # dan #
Jawaban nomor # adalah # karena # dikurangi # sama dengan #
Jawaban nomor # adalah # karena # ditambah # sama dengan #
Artikel ini tidak mutlak menjamin kebenaran jawaban dan bersifat terbuka sehingga bisa dieksplorasi lebih lanjut
"""
GENRES = tuple(genre.strip().splitlines() for genre in _GENRES.split("--"))


class Words(NamedTuple):
    """The dictionary.

    `tokens` are the printed forms; `n_words` is how many words each is; `zipf[u]` is the word at the quantile u of
    2^20; `first` and `size` are the numbers of the words of each slot; `phrases` are words, a row each, stock phrases
    first, then six lines a genre, -1 after the last word; `kata` is the word "kata".
    """

    tokens: pa.Array
    n_words: npt.NDArray[np.int32]
    zipf: Ids
    first: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]
    phrases: Ids
    kata: int


def with_men(root: str) -> str:
    """A root with the prefix meN-, whose nasal follows the first letter.

    >>> [with_men(root) for root in ("tulis", "pukul", "sapu", "kirim", "bawa", "jual", "ambil", "lihat", "cat")]
    ['menulis', 'memukul', 'menyapu', 'mengirim', 'membawa', 'menjual', 'mengambil', 'melihat', 'mengecat']
    """
    if sum(letter in "aeiou" for letter in root) == 1:
        return "menge" + root
    first = root[0]
    if first in "lrmnwy":
        return "me" + root
    if first in "pbf":
        return "mem" + (root[1:] if first == "p" else root)
    if first in "tdcjz":
        return "men" + (root[1:] if first == "t" else root)
    if first == "s":
        return "meny" + root[1:]
    return "meng" + (root[1:] if first == "k" else root)


def _affixed(root: str) -> list[str]:
    """The forms of a root, roughly from frequent to rare."""
    men = with_men(root)
    pen = "pe" + men[2:]
    forms = [root, men, f"di{root}", f"{men}kan", f"di{root}kan", f"ber{root}", f"{root}an", f"ter{root}", f"{pen}an"]
    forms += [f"ke{root}an", pen, f"{root}nya", f"{men}i", f"di{root}i", f"{root}kan", f"per{root}an", f"se{root}"]
    forms += [f"memper{root}", f"diper{root}", f"{root}i", f"ber{root}an", f"ter{root}kan", f"{root}-{root}"]
    more = [f"{form}nya" for form in (men, f"{root}an", f"{pen}an", f"ke{root}an", f"per{root}an", pen, f"{men}kan")]
    more += [f"{root}{end}" for end in ("lah", "kah", "pun", "ku", "mu")] + [f"ke{root}annya", f"se{root}nya"]
    more += [f"memper{root}kan", f"diper{root}kan", f"{root}-{root}an", f"ke{root}-{root}an", f"ber{root}-{root}"]
    return forms + more


def _numbers() -> list[str]:
    """Numbers as news prints them."""
    plain = [str(n) for n in range(1, 400)] + [str(n) for n in range(1990, 2027)]
    thousands = [f"{n // 1000}.{n % 1000:03d}" for n in range(1_013, 99_000, 97)]
    rupiah = [f"Rp{n // 1000}.{n % 1000:03d}" for n in range(2_500, 990_000, 1_250)]
    amounts = [f"Rp{n / 10:.1f} {unit}".replace(".", ",") for n in range(11, 400, 7) for unit in ("juta", "miliar")]
    parts = [f"{n / 10:.1f}".replace(".", ",") for n in range(1, 400)] + [f"{n} persen" for n in range(2, 99)]
    dates = [f"({day}/{month})" for month in range(1, 13) for day in range(1, 29)]
    times = [f"{hour:02d}.{minute:02d}" for hour in range(24) for minute in range(0, 60, 5)]
    return plain + thousands + rupiah + amounts + parts + dates + times


def _forms(word: str) -> tuple[str, ...]:
    """The printed forms of a word, in the order of the constants above."""
    cap = word[0].upper() + word[1:]
    return (
        f"{word} ", f"{cap} ", f"{word}, ", f"{word}. ", f"{word}.\n", f"{word}.", f"“{cap} ", f'"{cap} ', f"{word},” ",
        f'{word}," ', f"{word} – ", cap,
    )  # fmt: skip


@cache
def words() -> Words:
    """The dictionary."""
    content = sorted({form for stem in _STEMS.split() for form in _affixed(stem)} - set(_FUNCTION))
    np.random.default_rng(1).shuffle(content)
    # a stem in the list above is more frequent than its rarer forms
    roots = list(dict.fromkeys(stem for stem in _STEMS.split() if stem not in _FUNCTION))
    content = roots + [word for word in content if word not in set(roots)]
    slots = [
        _numbers(),
        [f"{given} {family}" for given in _GIVEN.split() for family in _FAMILY.split()],
        list(PLACES),
        list(DAYS),
    ]
    size = np.array([len(slot) for slot in slots], np.int64)
    # the four slots are words of their own, never printed: 0 to 3
    listed = ["#", "@", "&", "%", *_FUNCTION, *content, *_RARE_LETTERS]
    phrases = [line.split() for line in STOCK] + [line.split() for genre in GENRES for line in genre]
    number = {word: i for i, word in enumerate(listed)}
    listed += sorted({word for phrase in phrases for word in _lower(phrase)} - set(number))
    number = {word: i for i, word in enumerate(listed)}
    table = np.full((len(phrases), max(map(len, phrases))), -1, np.int32)
    for row, phrase in enumerate(phrases):
        table[row, : len(phrase)] = [_SLOTS.get(word, number[word]) for word in _lower(phrase)]
    first = len(listed) + np.cumsum(size) - size
    weights = np.zeros(len(listed))
    weights[:4] = _FACTS
    weights[4 : 4 + len(_FUNCTION)] = list(_FUNCTION.values())
    rest = 1_000 - weights.sum() - 0.1
    start = 4 + len(_FUNCTION)
    zipf = 1 / (np.arange(len(content)) + 12.0)  # Zipf-Mandelbrot
    weights[start : start + len(content)] = rest * zipf / zipf.sum()
    weights[start + len(content) :][: len(_RARE_LETTERS)] = 0.1 / len(_RARE_LETTERS)
    edges = np.cumsum(weights) / weights.sum()
    quantiles = np.searchsorted(edges, (np.arange(1 << 20) + 0.5) / (1 << 20)).astype(np.int32)
    every = [*listed, *(word for slot in slots for word in slot)]
    tokens = pa.array([form for word in every for form in _forms(word)], pa.string())
    counts = n_words(tokens).to_numpy()
    return Words(tokens, counts, quantiles, first, size, table, number["kata"])


def _lower(phrase: list[str]) -> list[str]:
    """The words of a phrase; its first word is an ordinary word that opens a sentence."""
    return [phrase[0][0].lower() + phrase[0][1:], *phrase[1:]]
