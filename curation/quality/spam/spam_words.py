"""What sellers who write for search engines say, and what those say who report on them; over folded text."""

from __future__ import annotations

from curation.quality.spam.passages import Words

_NUMBER = r"(?:\+? ?62|\b0)8\d"

_GOODS = (
    # loans
    r"\bpinja?man (?:online|dana|uang|cepat|tanpa|pribadi|modal|langsung|tunai)|\bpinjol\b|\bpinjam (?:uang|dana)\b",
    r"\bdana (?:tunai|cepat|segar|talangan)\b|\bgadai (?:bpkb|sertifikat|online)|\bkta\b|\bkredit tanpa\b",
    r"\b(?:langsung|cepat|pasti|dijamin) cair\b|\bcair (?:dalam|hitungan|cepat|\d|hari)|\bpencairan (?:cepat|kilat|instan|\d)",
    r"\btanpa (?:jaminan|agunan|survei|survey|slip|bi check\w*|cek|riwayat|ribet|syarat)|\bbi check\w*|\bslik\b|\bhanya (?:dengan )?ktp|\bmodal ktp|\bktp saja",
    # cures
    r"\bobat (?:kuat|perkasa|herbal|pelangsing|pembesar|peninggi|aborsi|penggugur|tahan lama|stamina)|\bviagra|\bcialis",
    r"\b(?:stamina|vitalitas|kejantanan|keperkasaan)\b|\btahan lama\b|\bejakulasi|\bimpoten|\bpria (?:dewasa|perkasa|sejati)\b",
    r"\bpelangsing|\bpemutih|\bpeninggi badan|\bpembesar|\bturun \d+ ?(?:kg|kilo)|\bkapsul\b|\bjamu (?:kuat|pelangsing|herbal)|\bcytotec|\bkolagen",
    # attention
    r"\bback ?links?\b|\bjasa seo\b|\bpbn\b|\bdomain authority|\bda \d+|\b(?:guest|content) (?:post|placement)|\bhalaman (?:satu|pertama|1) google|\bpage one",
    r"\bfollowers?\b|\bsubscribers?\b|\blikes?\b|\bviews?\b|\bsmm\b|\bcentang biru|\bjam tayang",
    # papers
    r"\bjoki\b|\bjasa (?:\w+ )?(?:skripsi|tesis|disertasi|makalah|tugas|jurnal|turnitin|parafrase|olah data|karya ilmiah)",
    r"\b(?:olah data|spss|turnitin|parafrase|bimbingan (?:skripsi|tesis))\b",
    r"\bijazah\b[\w ,:.]{0,30}\b(?:asli|resmi|terdaftar|cepat|tanpa)|\b(?:jasa|jual|buat|pembuatan) (?:\w+ )?(?:ijazah|ktp|sim|sertifikat|npwp|akta|paspor)",
    r"\bterdaftar (?:di )?(?:dikti|pddikti|diknas|kemenkes)\b|\btanpa (?:kuliah|ujian|tes)\b|\bjasa (?:\w+ )?(?:cpns|bumn)\b",
    # programs
    r"\bmod apk|\bapk (?:mod|premium|pro|gratis|terbaru)|\bdownload (?:\w+ ){0,3}(?:apk|mod|full version|crack)|\bunlimited (?:money|coins?|diamonds?|everything)|\bcheat\b|\bcrack(?:ed)?\b",
    r"\banti ?ban\b|\bmediafire|\bgoogle drive|\blink (?:download|unduh\w*)|\bserver \d|\bmirror\b|\bsemua fitur premium|\bno ads\b|\btanpa iklan\b|\bplay protect|\bsumber tidak dikenal",
    r"\b(?:generator|hack|injector)\b[\w ,:.]{0,20}\b(?:diamond|robux|koin|skin|pulsa|kuota)|\b(?:diamond|robux|kuota|pulsa|saldo (?:dana|ovo|gopay)) gratis",
    # riches
    r"\b(?:robot|bot|ea|copy|sinyal) (?:trading|forex)|\bforex\b|\bbinary|\bauto ?profit|\bprofit (?:\w+ )?\d|\bpassive income|\bpasif income|\bmember get member|\b\d+% (?:per|tiap|setiap|sehari)",
    r"\bair ?drop|\bkoin (?:gratis|baru|micin)|\b(?:hubungkan|sambungkan) (?:dompet|wallet)|\bfrasa pemulihan|\bkripto gratis|\bpresale",
    r"\bpesugihan|\bdana (?:gaib|hibah)|\buang (?:gaib|asmak)|\bdukun\b|\bpelet\b|\bpengasihan|\bpenglaris|\bsusuk|\bmahar\b|\bki \w+ |\btanpa tumbal|\bjimat|\bpembuka aura|\bkonsultasi paranormal",
    # trades
    r"\bjasa (?:\w+ ){0,2}(?:sedot|angkut|pindahan|renovasi|bangun|cat|las|kanopi|service|servis|cuci|kebersihan|cleaning|interior|taman|website|web|desain|konveksi|sablon|cetak|kirim|ekspedisi|legalitas|pt|notaris|fotografi|sewa|pasang|potong|bersih|kuras|tukang|bor)\b",
    r"\bsedot (?:wc|tinja|limbah)|\bwc (?:mampet|penuh)|\bsaluran (?:mampet|tersumbat)|\banti rayap|\bseptic ?tank|\bkuras (?:sumur|toren)",
    r"\b(?:sewa|rental) (?:\w+ )?(?:mobil|motor|bus|elf|hiace|tenda|genset|alat berat|sound|scaffolding)|\bpaket (?:umro?h|umrah|haji|wisata|tour|wedding|catering|aqiqah)|\bservi[cs]e? (?:ac|kulkas|mesin cuci|laptop|hp|tv|pompa)\b|\baqiqah\b",
    r"\b(?:jual|menjual|distributor|supplier|agen|pusat|grosir|toko|pabrik|pengrajin) (?:\w+ ){1,4}(?:murah|termurah|terdekat|terlengkap|terpercaya|berkualitas|grosir|original|bergaransi)\b",
    r"\b(?:murah|termurah|terdekat|bergaransi|terpercaya|terbaik)\b.*\b(?:murah|termurah|terdekat|bergaransi|terpercaya)\b",
)
_CALLS = (
    r"\b(?:anda|kamu|kalian|kakak|kak|sis|gan|bunda|sobat|bosku)\b",
    r"\bkami (?:\w+ ){0,2}(?:jual|menjual|melayani|menyediakan|adalah|hadir|siap|memberikan|menawarkan|menerima|buka|jasa|punya|memiliki|bantu|membantu|kirim)\b|\b(?:layanan|toko|produk|jasa|tim|pelanggan|perusahaan|admin|harga|armada|bersama|situs|aplikasi) kami\b|\bselain\b.*\bkami juga\b",
    r"\b(?:pesan|order|beli|booking|hubungi|chat|kontak|call|telepon|telpon|wa|klaim|ajukan|dapatkan|pinjam|daftar|download|unduh|gabung|konsultasi\w*|miliki|coba|panggil)(?:lah|kan)?\b (?:\w+ ){0,4}(?:sekarang|segera|juga|kami|admin|disini|di sini|di bawah|cs|wa|whatsapp|gratis|langsung|hari ini)\b",
    rf"\b(?:wa|whats ?app|telp|telepon|telpon|hp|sms|hubungi|call|cs|admin|kontak|nomor|phone|order|pesan|fast respon\w*)\b[\w ,:./()+]{{0,25}}{_NUMBER}|\bwa me\b|{_NUMBER}\d* ?[x*]{{3,}}",
    rf"{_NUMBER}",
    r"\bharga\b[\w ,:.]{0,20}\b(?:mulai|hanya|cuma|murah|promo|bersahabat|terjangkau|miring|spesial|rp ?\d)|\b(?:mulai|hanya|cuma) (?:dari )?rp ?\d|\b(?:mulai|hanya|cuma) (?:dari )?\d+ ?(?:rb|ribu|k|ribuan|jutaan)\b|\bdaftar harga\b|\bharga (?:besok )?naik",
    r"\b(?:bergaransi|garansi|uang kembali|dijamin|terjamin|jaminan (?:mutu|kualitas|uang)|amanah|100 ?%|seratus persen)\b",
    r"\b(?:terpercaya|termurah|terdekat|terbaik|terampuh|paling (?:ampuh|murah|manjur|mudah|cepat)|nomor satu|no ?1|nomor 1|berpengalaman|profesional|terunggul|terlaris|ampuh|manjur|tokcer|mustajab)\b",
    r"\b(?:promo|diskon|bonus|gratis|free|cash ?back|beli (?:\d|satu|dua) gratis|potongan|voucher)\b",
    r"\b(?:stok terbatas|hanya hari ini|promo terbatas|buruan|jangan (?:lewatkan|ragu|khawatir|tunda|sampai|lupa)|tunggu apa|sebelum (?:kehabisan|ditutup)|selagi|slot terbatas|segera)\b",
    r"\b(?:cod|bayar (?:di tempat|setelah|separuh)|gratis ongkir|ongkir|kemasan polos|privasi|rahasia|reseller|dropship|ekspedisi|resi)\b",
    r"\b(?:24 ?jam|non ?stop|setiap hari|fast ?respon\w*|slow ?respon\w*|langsung (?:datang|proses|jadi|acc)|proses (?:\w+ )?(?:cepat|mudah|instan|kilat|\d+ menit)|hitungan (?:menit|jam)|\d+ menit|instan|sampai (?:acc|lulus|jadi))\b",
    r"\btanpa (?:efek samping|biaya|ribet|batas|sandi|password|modal|root|verifikasi|risiko|resiko|antre|dp|operasi|watermark|tumbal|pantangan|syarat)\b|\bbebas (?:biaya|iklan|plagiat)|\baman (?:dan|100|tanpa)|\bunlimited\b",
    r"\b(?:testimoni|terbukti|ribuan pelanggan|pelanggan puas|sudah ribuan|klien kami|hasil nyata|berkhasiat|solusinya?|serahkan saja)\b",
    r"\b(?:melayani|wilayah|area|cabang|alamat|kata kunci|tags?|cari|keyword)\b[\w :.]{0,12}(?:\w+ (?:utara|selatan|barat|timur|pusat)|seluruh|\w+,)|\b(?:utara|selatan|barat|timur)\b.*\b(?:utara|selatan|barat|timur)\b.*\b(?:utara|selatan|barat|timur)\b",
    r"\b(?:apakah|apa|sedang|ingin|butuh|mau|bingung|lagi|perlu|cari|mencari) (?:anda|kamu|kakak|\w+ (?:anda|kamu)|dana|uang|cepat|cari|mencari|butuh|\w+ (?:murah|cepat|terpercaya))\b",
    r"\b(?:semoga (?:berguna|bermanfaat|membantu)|demikian (?:artikel|postingan|ulasan|pembahasan)|di artikel ini admin|tempat yang tepat|admin bagikan|selamat datang di)\b",
    r"\b(?:cocok (?:untuk|dengan|bagi)|kualitas (?:terbaik|premium|ekspor|import)|original|asli 100|pemakaian rutin|minum|khasiat|manfaat)\b",
    r"\b(?:cara (?:install|instal|order|pesan|pasang|klaim|daftar|mengajukan|pemakaian|pemesanan)|langkah (?:klaim|instal|pasang)|versi (?:terbaru|\d)|ukuran \d|nama (?:file|aplikasi)|syarat (?:mudah|nya|pengajuan)|lampirkan|cukup)\b",
    r"\b(?:cuan|kaya|jutawan|untung (?:besar|melimpah)|profit|penghasilan (?:tambahan|pasif|jutaan)|\d+x\b|kali lipat|komisi|undang teman|kode referral|kanal telegram|grup (?:vip|telegram))\b",
)
_NEWS = (
    r"\b(?:polisi|kepolisian|pol(?:da|res|resta|restabes|ri|sek)|kapol\w+|bareskrim|penyidik\w*|reskrim\w*|brigjen|kombes|akbp|kompol|iptu|ipda)\b",
    r"\b(?:tersangka|pelaku|terdakwa|terpidana|sindikat|komplotan|penipu\w*|korban\w*)\b",
    r"\b(?:ditangkap|menangkap|penangkapan|diringkus|diamankan|digerebek|menggerebek|penggerebekan|ditahan|menyita|disita|sitaan|dibekuk|razia|patroli|memusnahkan|dimusnahkan)\b",
    r"\b(?:ojk|bpom|bappebti|satgas|ppatk|komdigi|kominfo|kementerian|kemen\w+|menteri|dinas|pemkot|pemkab|pemprov|pemerintah|dpr|dprd|bank indonesia|ylki|bpkn|mui)\b",
    r"\b(?:ujar|tutur|ucap|jelas|kata|papar|ungkap|imbuh|tegas|tambah|cerita|keluh|terang|beber)(?:nya)?,? (?:dia|ia|[a-z]+|\w+ \w+)\b|\b(?:menurut|mengatakan|menjelaskan|mengungkapkan|menyebut(?:kan)?|menuturkan|mengimbau|menegaskan|mengaku|menambahkan|mengakui|menilai|katanya|ujarnya|tuturnya|jelasnya|ucapnya|mengingatkan|menilai)\b",
    r"\b(?:ilegal|melanggar|bahaya|berbahaya|marak|maraknya|modus|waspada|mewaspadai|penipuan|palsu|larangan|dilarang|melarang|praktik|diduga|dugaan|hoaks|tipu|menipu|tertipu|jerat|terjerat|jangan (?:mudah )?(?:tergiur|percaya)|teror|bkt|kimia obat)\b",
    r"\b(?:pidana|hukum|hukuman|uu|pasal|hakim|jaksa|vonis|divonis|penjara|kuhp|undang undang|pengadilan|dakwaan)\b",
    r"\b(?:iming iming|tergiur|dijanjikan|menjanjikan|mempromosikan|dipromosikan|berkedok|mengelabui|ditawari|ditawarkan|konon|padahal|istilah|artinya)\b",
    r"\b(?:bupati|gubernur|wali kota|presiden|kepala (?:dinas|desa|badan|bidang|satgas)|direktur|rektor|juru bicara|humas|sekretaris)\b",
    r"\b(?:peneliti|psikolog|pakar|pengamat|survei|riset|penelitian|dosen|dokter|apoteker|responden|guru besar|analis)\b",
    r"\b(?:miliar|triliun|barang bukti|omzet|tahun lalu|kuartal)\b",
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu),? (?:malam |pagi |siang |sore )?\(\d|\(\d{1,2} ?/ ?\d",
    r"\b(?:aku|istriku|suamiku|warga|keluarga|tetangga|pedagang|petani|nelayan|buruh)\b",
)

WORDS = Words(_GOODS, _CALLS, _NEWS, r"\b(?:pinjol|pinjaman|obat|joki|followers?|apk|investasi|dukun|ijazah|trading|jasa)\b")
