"""What sellers who write for search engines say, and those who report on them: over folded clauses, an idea each."""

from __future__ import annotations

from curation.quality.spam.passages import Tally, Words

_MOBILE = r"(?:\+? ?62 ?|\b0)8\d"
_PAPERS = "skripsi|tesis|disertasi|makalah|tugas|jurnal|turnitin|parafrase|olah data|karya ilmiah"
_TRADES = (
    "sedot|angkut|pindahan|renovasi|bangun|cat|las|kanopi|servi[cs]e?|servis|cuci|kebersihan|cleaning|interior|taman"
    "|website|web|desain|konveksi|sablon|cetak|kirim|ekspedisi|legalitas|pt|notaris|fotografi|sewa|pasang|potong|bersih"
    "|kuras|tukang|bor"
)

_GOODS = (
    # loans
    r"\bpinja?man (?:online|dana|uang|cepat|tanpa|pribadi|modal|langsung|tunai)\b|\bpinjol\b|\bpinjam (?:uang|dana)\b",
    r"\bdana (?:tunai|cepat|segar|talangan)\b|\bgadai (?:bpkb|sertifikat|online)\b|\bkta\b|\bkredit tanpa\b",
    r"\b(?:langsung|cepat|pasti|dijamin) cair\b|\bcair (?:dalam|hitungan|cepat|hari|\d)|\bpencairan (?:cepat|kilat"
    r"|instan)",
    r"\btanpa (?:jaminan|agunan|survei|survey|slip|bi check\w*|cek|riwayat|ribet|syarat)\b|\bbi check\w*|\bslik\b"
    r"|\b(?:hanya|cukup|modal) (?:dengan )?ktp\b|\bktp saja\b",
    # cures
    r"\bobat (?:kuat|perkasa|herbal|pelangsing|pembesar|peninggi|aborsi|penggugur|tahan lama|stamina)\b|\bviagra"
    r"|\bcialis",
    r"\b(?:stamina|vitalitas|kejantanan|keperkasaan)\b|\btahan lama\b|\bejakulasi|\bimpoten|\bpria (?:dewasa|perkasa"
    r"|sejati)",
    r"\b(?:pelangsing|pemutih|peninggi badan|pembesar|kapsul|cytotec|kolagen|menyembuhkan)\b|\bturun \d+ ?(?:kg|kilo)"
    r"|\bjamu (?:kuat|pelangsing|herbal)\b|\btanpa (?:efek samping|operasi|suntik|diet)\b",
    # attention
    r"\bback ?links?\b|\bjasa seo\b|\bpbn\b|\bdomain authority|\bda \d+|\b(?:guest|content) (?:post|placement)"
    r"|\bhalaman (?:satu|pertama|1) google|\bpage one\b",
    r"\b(?:followers?|likes?|views?|smm|centang biru)\b",
    r"\b(?:subscribers?|jam tayang|monetisasi)\b",
    # papers
    rf"\bjoki\b|\bjasa (?:\w+ )?(?:{_PAPERS})\b",
    r"\b(?:olah data|spss|turnitin|parafrase|bimbingan (?:skripsi|tesis))\b",
    r"\bijazah\b.*\b(?:asli|resmi|terdaftar|cepat|tanpa)\b|\b(?:jasa|jual|buat|pembuatan) (?:\w+ )?(?:ijazah|ktp|sim"
    r"|sertifikat|npwp|akta|paspor)\b",
    r"\bterdaftar (?:di )?(?:dikti|pddikti|diknas|kemenkes)\b|\btanpa (?:kuliah|ujian|tes)\b|\bjasa (?:\w+ )?(?:cpns"
    r"|bumn)\b",
    # programs
    r"\bmod apk|\bapk (?:mod|premium|pro|gratis|terbaru)\b|\bdownload .*\b(?:apk|mod|full version|crack)\b"
    r"|\bunlimited (?:money|coins?|diamonds?|everything)|\bcheat\b|\bcrack(?:ed)?\b",
    r"\banti ?ban\b|\bmediafire\b|\bgoogle drive\b|\blink (?:download|unduh\w*)|\bserver \d|\bmirror\b|\bno ads\b"
    r"|\bsemua fitur premium|\btanpa iklan\b|\bplay protect\b|\bsumber tidak dikenal\b",
    r"\b(?:generator|hack|injector|cheat)\b.*\b(?:diamond|permata|gems?|robux|koin|skin|pulsa|kuota)\b|\b(?:diamond"
    r"|robux|kuota|pulsa|saldo (?:dana|ovo|gopay)) gratis\b",
    r"\b(?:nonton|streaming|download)\b.*\b(?:gratis|sub indo|full movie|hd)\b|\bsub indo\b|\b(?:kuota"
    r"|internet) gratis\b|\binjector\b",
    # riches
    r"\bsinyal (?:kripto|vip|trading|forex|harian)\b|\bakurasi \d",
    r"\b(?:robot|bot|ea|copy|sinyal) (?:trading|forex)\b|\bforex\b|\bauto ?profit|\bprofit (?:\w+ )?\d|\bpass?i(?:ve"
    r"|f) income|\bmember get member\b|\d ?% (?:per|tiap|setiap|sehari)\b",
    r"\bair ?drop|\bkoin (?:gratis|baru|micin)\b|\b(?:hubungkan|sambungkan) (?:dompet|wallet)\b|\bfrasa pemulihan\b"
    r"|\bkripto gratis\b|\bpresale\b",
    r"\b(?:pesugihan|dana (?:gaib|hibah)|uang (?:gaib|asmak)|dukun|tanpa tumbal|konsultasi paranormal|ritual)\b",
    r"\b(?:pelet|pengasihan|penglaris|susuk|mahar|jimat|pembuka aura|santet)\b",
    r"\b(?:kavling|tanah kavling|shm|booking fee|rumah subsidi|cicilan tanpa)\b",
    r"\b(?:glowing|memutihkan|putih bening)\b",
    r"\b(?:wa|whatsapp|gb) (?:gb|mod|emas|aero|plus)\b|\bgb whatsapp\b|\banti banned\b",
    r"\b(?:kerja|kerjaan|bisnis|usaha) (?:online|sampingan|dari rumah|rumahan)\b|\bgaji (?:harian|cair)\b",
    r"\b(?:essay|esai|thesis|personal statement)\b|\blepas kunci\b",
    # trades
    r"\b(?:jual|menjual|jasa|sewa|rental|paket|krim|serum|ekstrak|kursus|bimbel|obat|ramuan)\b",
    rf"\bjasa (?:\w+ )?(?:\w+ )?(?:{_TRADES})\b",
    r"\bsedot (?:wc|tinja|limbah)\b|\bwc (?:mampet|penuh)\b|\bsaluran (?:mampet|tersumbat)\b|\banti rayap\b"
    r"|\bseptic ?tank|\bkuras (?:sumur|toren)\b",
    r"\b(?:sewa|rental) (?:\w+ )?(?:mobil|motor|bus|elf|hiace|tenda|genset|alat berat|sound|scaffolding)\b|\baqiqah\b"
    r"|\bpaket (?:umro?h|umrah|haji|wisata|tour|wedding|catering)\b|\bservi[cs]e? (?:ac|kulkas|mesin cuci|laptop|hp"
    r"|tv|pompa)\b",
    r"\b(?:jual|menjual|distributor|supplier|agen|pusat|grosir|toko|pabrik|pengrajin) .*\b(?:murah|termurah|terdekat"
    r"|terlengkap|terpercaya|berkualitas|grosir|original|bergaransi)\b",
    r"\b(?:murah|termurah|terdekat|bergaransi|terpercaya|terbaik)\b.*\b(?:murah|termurah|terdekat|bergaransi"
    r"|terpercaya)\b",
)
_CALLS = (
    r"\b(?:cod|bayar (?:di tempat|setelah|separuh)|gratis ongkir|ongkir|kemasan polos|privasi|rahasia|reseller"
    r"|dropship|ekspedisi|resi)\b",
    r"\b(?:anda|kamu|kalian|kakak|kak|sis|gan|bunda|sobat|bosku)\b",
    r"\bklik keranjang\b|\bcheck ?out\b|\border now\b|\bminat\?|\bketik \w+ kirim\b|\btinggal \d+ (?:unit|kotak"
    r"|kavling)\b|\b(?:unduh|download)\b.*\b(?:link|tautan|apk)\b",
    r"\bkami (?:\w+ )?(?:\w+ )?(?:jual|menjual|melayani|menyediakan|adalah|hadir|siap|memberikan|menawarkan|menerima"
    r"|buka|jasa|punya|memiliki|bantu|membantu|kirim)\b|\bselain\b.*\bkami juga\b|\b(?:layanan|toko|produk|jasa|tim"
    r"|pelanggan|perusahaan|admin|harga|armada|bersama|situs|aplikasi) kami\b",
    r"\b(?:pesan|order|beli|booking|hubungi|chat|kontak|call|telepon|telpon|wa|klaim|ajukan|dapatkan|pinjam|daftar"
    r"|download|unduh|gabung|konsultasi\w*|miliki|coba|panggil)(?:lah|kan)? .*\b(?:sekarang|segera|juga|kami|admin"
    r"|disini|di sini|di bawah|cs|wa|whatsapp|gratis|langsung|hari ini)\b",
    rf"\b(?:wa|whats ?app|telp|telepon|telpon|hp|sms|hubungi|call|cs|admin|kontak|nomor|phone|order|pesan)\b.*{_MOBILE}"
    r"|\bwa me\b",
    _MOBILE,
    r"\b(?:(?:stok|promo|slot) terbatas|hanya hari ini|buruan|jangan (?:lewatkan|ragu|khawatir|tunda|sampai|lupa)"
    r"|tunggu apa|sebelum (?:kehabisan|ditutup)|selagi|segera)\b",
    r"\b(?:apakah|sedang|ingin|butuh|mau|bingung|lagi|perlu|cari|mencari) (?:\w+ )?(?:anda|kamu|kakak|dana|uang|cepat"
    r"|cari|mencari|butuh|murah|terpercaya)\b",
    r"\b(?:semoga (?:berguna|bermanfaat|membantu)|demikian (?:artikel|postingan|ulasan|pembahasan)"
    r"|di artikel ini admin|tempat yang tepat|admin bagikan|selamat datang di)\b",
    r"\b(?:bagikan ke|share ke|bookmark|kirim (?:data|ktp|foto))\b",
    r"\b(?:serahkan|percayakan) (?:\w+ )?(?:pada|kepada|ke) (?:kami|ahlinya)\b|\b(?:dm|japri|inbox) (?:sekarang|aja"
    r"|ya|kami|admin|kak|dulu)\b|\bbareng (?:mentor|kami)\b|\bkami (?:\w+ )?(?:sediakan|kerjakan|buatkan|carikan"
    r"|antar|proses|urus|siapkan|bantu|kirim\w*|tangani)\b",
    r"\b(?:klik|masuk|ikuti|pencet|pilih) (?:link|tautan|tombol|server|grup|kanal|akun kami)\b|\b(?:tombol|tautan"
    r"|link|nomor|kontak) (?:\w+ )?(?:di bawah|berikut|chat)\b|\bselamat menonton\b",
    r"\b(?:butuh|kepepet|mau|ingin|bosan|terlilit|susah|sering|masih|capek|bingung|deadline|penuh|mampet|punya|dingin"
    r"|bikin|belum|nganggur|minder|buncit|pengen|malas|gagal|rontok|kusam|macet|cari|galak)\b.*\?",
)
_OFFERS = (
    r"\bharga .*\b(?:mulai|hanya|cuma|murah|promo|bersahabat|terjangkau|miring|spesial|rp ?\d)|\bdaftar harga\b"
    r"|\bharga (?:besok )?naik\b|\b(?:mulai|hanya|cuma) (?:dari )?(?:rp ?\d|\d+ ?(?:rb|ribu|k|ribuan|jutaan)\b)",
    r"\b(?:bergaransi|garansi|uang kembali|dijamin|terjamin|jaminan (?:mutu|kualitas|uang)|amanah|seratus persen)\b"
    r"|\b100 ?%",
    r"\b(?:terpercaya|termurah|terdekat|terbaik|terampuh|paling (?:ampuh|murah|manjur|mudah|cepat)|nomor (?:satu|1)"
    r"|no ?1|berpengalaman|profesional|terunggul|terlaris|ampuh|manjur|tokcer|mustajab)\b",
    r"\b(?:promo|diskon|bonus|gratis|free|cash ?back|beli (?:\d|satu|dua) (?:\w+ )?gratis|potongan|voucher)\b",
    r"\b(?:24 ?jam|non ?stop|setiap hari|(?:fast|slow) ?respon\w*|langsung (?:datang|proses|jadi|acc)|\d+ menit"
    r"|instan|proses (?:\w+ )?(?:cepat|mudah|kilat)|hitungan (?:menit|jam)|sampai (?:acc|lulus|jadi)|sehari jadi"
    r"|proses sehari)\b",
    r"\btanpa (?:efek samping|biaya|ribet|batas|sandi|password|modal|root|verifikasi|risiko|resiko|antre|dp|operasi"
    r"|watermark|top ?up|tumbal|pantangan|syarat)\b|\bbebas (?:biaya|iklan|plagiat)\b|\baman (?:dan|100|tanpa)\b"
    r"|\bunlimited\b",
    r"\b(?:testimoni|terbukti|ribuan pelanggan|pelanggan puas|sudah ribuan|klien kami|hasil nyata|berkhasiat"
    r"|solusi(?:nya)?|serahkan saja)\b",
    r"\b(?:kata kunci|tags?|keyword)\b|\b(?:melayani|wilayah|area|cabang|alamat)\b.*\b(?:utara|selatan|barat|timur"
    r"|seluruh)\b|\b(?:utara|selatan|barat|timur)\b.*\b(?:utara|selatan|barat|timur)\b.*\b(?:utara|selatan|barat"
    r"|timur)\b",
    r"\b(?:cocok (?:untuk|dengan|bagi)|kualitas (?:terbaik|premium|ekspor|import)|original|asli 100|pemakaian rutin"
    r"|khasiat|manfaat)\b",
    r"\b(?:cara (?:instal+|order|pesan|pasang|klaim|daftar|mengajukan|pemakaian|pemesanan)|langkah (?:klaim|instal"
    r"|pasang)|versi (?:terbaru|\d)|ukuran \d|nama (?:file|aplikasi)|syarat (?:mudah|pengajuan)|lampirkan|cukup)\b",
    r"\b(?:ramah|tepat waktu|berminat|caranya mudah|bersertifikat|seumur hidup|hasil \d+ hari|dalam seminggu"
    r"|cepat jadi)\b",
    r"\b(?:semua (?:jurusan|kota|bank|merek|tipe)|seluruh indonesia|seluruh wilayah)\b",
    r"\b(?:revisi (?:sepuasnya|gratis|sampai)|harga (?:mahasiswa|pelajar)|isi ulang|otomatis|siang malam|libur pun"
    r"|dibungkus|polos|akurasi|kursi terbatas|seminggu jadi|bisa di ?cek|di muka|setelah berhasil|siap kirim"
    r"|siapa cepat|tanpa daftar|kualitas hd|full movie|terbaru 20\d\d|gairah|daya tahan|pangling|makin|uang muka)\b",
    r"\b(?:sudah|izin|resmi) bpom\b|\bterdaftar bpom\b|\baman (?:ibu hamil|untuk semua)\b|\bdata dijamin\b"
    r"|\btanpa (?:ijazah|interview)\b|\b(?:tema keren|bensin irit|unit bersih|antar jemput|lolos turnitin|native"
    r"|tetap acc)\b",
    r"\bmurah\b",
    r"\bmodal\b.*\bjadi\b|\b\d+ juta dalam\b|\b(?:jutaan|ribuan|ratusan) (?:\w+ )?(?:pelanggan|wanita|pria|orang"
    r"|pemain|pasien|klien|anggota|member)\b|\bpaket hemat\b|\bbisa cod\b|\bharga normal\b|\bkhusus \d+ pembeli\b",
    r"\b(?:cuan|kaya|jutawan|untung (?:besar|melimpah)|profit|penghasilan (?:tambahan|pasif|jutaan)|\d+x|kali lipat"
    r"|komisi|(?:undang|ajak) teman|kode referral|kanal telegram|grup (?:vip|telegram))\b",
)
_NEWS = (
    r"\b(?:polisi|kepolisian|pol(?:da|res|resta|restabes|ri|sek)|kapol\w+|bareskrim|penyidik\w*|reskrim\w*|brigjen"
    r"|kombes|akbp|kompol|iptu|ipda)\b",
    r"\b(?:tersangka|pelaku|terdakwa|terpidana|sindikat|komplotan|penipu\w*|korban\w*)\b",
    r"\b(?:ditangkap|menangkap|penangkapan|diringkus|diamankan|digerebek|menggerebek|penggerebekan|ditahan|menyita"
    r"|disita|sitaan|dibekuk|razia|patroli|memusnahkan|dimusnahkan)\b",
    r"\b(?:ojk|bpom (?:me\w+|ri|kembali|dan|ungkap|sita|tarik|temukan|minta)|bappebti|satgas|ppatk|komdigi|kominfo"
    r"|kementerian|kemen\w+|menteri|dinas|pemkot|pemkab|pemprov|pemerintah|dprd?|bank indonesia|ylki|bpkn|mui)\b",
    r"\b(?:ujar|tutur|ucap|jelas|papar|ungkap|imbuh|tegas|tambah|cerita|keluh|terang|beber)(?:nya)?,? [a-z]+"
    r"|\bkata,? (?:[a-jl-rt-z]|k[a-tv-z]|s[b-z])"  # no key words, no passwords: kata kunci, kata sandi
    r"|\b(?:menurut|mengatakan|menjelaskan|mengungkapkan|menyebut(?:kan)?|menuturkan|mengimbau|menegaskan|mengaku"
    r"|menambahkan|mengakui|menilai|mengingatkan|katanya|ujarnya|tuturnya|jelasnya|ucapnya)\b",
    r"\b(?:ilegal|melanggar|bahaya|berbahaya|marak|maraknya|modus|waspada|mewaspadai|penipuan|palsu|larangan|dilarang"
    r"|melarang|praktik|diduga|dugaan|hoaks|tipu|menipu|tertipu|jerat|terjerat|teror|kimia obat"
    r"|jangan (?:mudah )?(?:tergiur|percaya))\b",
    r"\b(?:pidana|hukum|hukuman|uu|pasal|hakim|jaksa|vonis|divonis|penjara|kuhp|undang undang|pengadilan|dakwaan)\b",
    r"\b(?:iming iming|tergiur|dijanjikan|menjanjikan|mempromosikan|dipromosikan|berkedok|mengelabui|ditawari"
    r"|ditawarkan|konon|padahal|istilah|artinya)\b",
    r"\b(?:bupati|gubernur|wali kota|presiden|kepala (?:dinas|desa|badan|bidang|satgas)|direktur|rektor|juru bicara"
    r"|humas|sekretaris)\b",
    r"\b(?:peneliti|psikolog|pakar|pengamat|(?:hasil|menurut) survei|survei (?:menunjukkan|terhadap)|riset|penelitian"
    r"|dosen|dokter (?:\w+ )?(?:me\w+|kulit|gizi|spesialis|umum)|apoteker|responden|guru besar|analis)\b",
    r"\b(?:miliar|triliun|barang bukti|omzet|tahun lalu|kuartal)\b",
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu),? (?:(?:malam|pagi|siang|sore) )?\(\d|\(\d\d? ?/ ?\d",
    r"\b(?:aku|istriku|suamiku|warga|keluarga|tetangga|pedagang|petani|nelayan|buruh)\b",
)


def _weigh(passage: Tally) -> float:
    said = min(passage.goods, 3) + passage.calls + passage.offers
    honest = 1.5 * passage.news + min(passage.news_elsewhere, 3)
    return said - honest - 1 if passage.calls else 0.0


WORDS = Words(
    kind="spam",
    goods=_GOODS,
    least_goods=1,
    calls=_CALLS,
    least_calls=1,  # news on products and prices praise as well, but speak to nobody
    offers=_OFFERS,
    praise=(),
    doubts=(),
    news=_NEWS,
    trade="",
    brand="^$",
    subject=r"\b(?:pinjol|pinjaman|obat|joki|followers?|apk|investasi|dukun|ijazah|trading|jasa)\b",
    person="^$",
    weigh=_weigh,
)
