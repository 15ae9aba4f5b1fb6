"""What sellers of gambling say, and what those say who report on them; over folded text, one idea a line."""

from __future__ import annotations

from curation.quality.spam.passages import Words

_LUCKY = r"(?:\d{0,2}(?:77|88|99|69|78)|123|138|168|188|189|212|234|303|338|365|4d|5d)"

_GOODS = (
    r"gacor",
    r"max ?win\b",
    r"\bscatter",
    r"\b(?:jack ?pot|jp)\b(?: (?:paus|besar|progresif|terbesar|slot))?",
    r"rungka[dt]",
    r"\brtp\b",
    r"\blink (?:alternatif|resmi|slot|login|vip|gacor|daftar|anti)",
    r"\b(?:depo|deposit|top ?up)\b[\w ,:.]{0,20}\b(?:pulsa|dana|qris|ovo|gopay|linkaja|e wallet|potongan|murah|receh|\d)"
    r"|\bslot (?:depo|deposit|bet|qris|dana|pulsa)",
    r"\bbonus (?:new|member|depo|deposit|roll|harian|cash ?back|referral|mingguan|sambutan|welcome|selamat|kekalahan)"
    r"|welcome bonus|\bfreechip|\bfree chip",
    r"\bfree ?(?:bet|spins?)\b|\b(?:spin|putaran) gratis|\bbuy ?spin",
    r"\b(?:daftar|agen|bandar|situs|akun|id|login|link|bo|web) (?:judi |game |akun |situs |resmi |link )?(?:slot|togel|toto|poker|casino|kasino|sbobet)",
    r"\bslot (?:online|resmi|ter\w+|pulsa|dana|88|thailand|server|demo|hari|luar|pragmatic|mahjong|zeus|pg)",
    rf"\b[a-z]{{3,14}}{_LUCKY}\b|\b(?:slot|toto|togel|qq|mpo|bet|win|hoki|dewa|raja|naga|sultan|bola|play) ?\d{{2,4}}\b|\b[a-z]{{3,10}}(?:toto|slot|gacor|maxwin)\b",
    r"\bpola\b (?:\w+ )?(?:admin|slot|spin|main|jam|hari ini|x)|\bjam (?:\w+ )?(?:hoki|main|slot)|\bbocoran (?:\w+ )?(?:slot|pola|admin|rtp|togel|angka)",
    r"mahjong ways|sweet bonanza|gates of|starlight princess|wild bandito|olympus|\bzeus\b|lucky neko|aztec",
    r"pragmatic|pg ?soft|habanero|\bjoker ?123|spadegaming|microgaming|playtech|idn ?(?:play|poker|slot)|\bpkv\b",
    r"turn ?over|win ?rate|\brollingan|volatilitas|\bbet (?:receh|kecil|minimal|\d)|\bmin(?:imal|imum)? bet\b|\bto (?:x?\d|kecil|rendah)",
    r"\bwd\b|with ?draw|penarikan",
    r"\bserver (?:thailand|kamboja|luar|filipina|rusia|vip)|\bakun pro\b|\bpro kamboja|\bakun vip",
    r"\b(?:prediksi|bocoran|keluaran|pengeluaran|result|data|live draw|angka) (?:\w+ )?(?:togel|sgp|hk|sdy|sydney|singapore|hongkong|macau)\b|\blive ?draw\b",
    r"\bbbfs\b|\bangka (?:ikut|main|mati|kontrol|jitu)\b",
    r"\bcolok (?:bebas|naga|jitu|macau)|\b[234]d\b[\w ,:.]{0,12}\b[234]d\b|\btwin\b|\binvest 2d",
    r"\b(?:diskon|hadiah|pasaran|hadiah) (?:togel|[234]d|toto)|\bpasaran (?:togel|resmi|hk|sgp|terlengkap|macau)|\btoto ?(?:macau|hk|sgp|gelap)",
    r"\bparlay",
    r"\bover (?:under|\d)|\bhandicap|\bvoor|\bbtts\b|\bodds\b|\b1x2\b|\btebak skor",
    r"sbobet|\b(?:bandar|agen|judi|taruhan|pasaran) (?:bola|olahraga|sport)|sports ?book",
    r"\berek erek|\bbuku mimpi|\bpaito|\b(?:kode )?syair (?:hk|sgp|sdy|togel)",
    r"\b(?:live )?casino|bac+ar+at|roulette|sic ?bo|dragon tiger|black ?jack|\bkasino",
    r"(?:domino|bandar|adu) ?qq?\b|\bqq ?online|\bqiu ?qiu|capsa(?: susun)?|\bpoker (?:online|uang)|\bceme\b|\bkartu (?:domino|remi)",
    r"tembak ikan|fishing game|\bsabung ayam (?:online|live|sv)|\bsv388|\bs128|\bws168",
    r"\b(?:main|permainan|game|mesin|provider|bermain|judi|spin) slot|\bslots?\b[\w ,:.]{0,12}\b(?:games?|machine|provider)",
    r"\bjudi (?:online|slot|bola|qq|poker|togel|resmi|ter\w+)|\btogel\b|\btaruhan\b",
    r"\bperkalian\b|\bx ?\d{3,5}\b|\bpecahan? (?:selayar|maxwin)|\bkakek\b (?:zeus|petir)|petir",
)
_CALLS = (
    r"\b(?:daftar|register|gabung|bergabung|join|coba|main|mainkan|login|buktikan|klaim|bertaruh|pasang)(?:lah|kan)?(?: \w+){0,3} (?:sekarang|segera|yuk|disini|di sini|bersama|hanya di|di situs|di link)",
    r"\b(?:segera|ayo|yuk|mari|buruan|silakan|silahkan|langsung|cukup|tinggal|cara) (?:\w+ )?(?:daftar|gabung|bergabung|join|klik|login|main|mainkan|klaim|buktikan|kunjungi|hubungi|coba)",
    r"\b(?:klik|kunjungi|akses|buka)(?:lah)? (?:link|tautan|di sini|disini|situs|tombol|banner|alamat)|\bklik\b[\w ,:.]{0,10}\bdaftar",
    r"\b(?:klaim|raih|nikmati|dapatkan|rasakan|menangkan|rebut|ambil|claim)(?:lah)?\b",
    r"\b(?:pindah ke|cek (?:bio|link)|bosan kalah|(?:mau|ingin|pengin|pengen) (?:cuan|menang|maxwin|jp)|unduh aplikasi|(?:tombol|link|tautan) di (?:bawah|atas|bio)|salam (?:jp|cuan|parlay|maxwin))\b",
    r"\b(?:internet positif|nawala|tanpa vpn|saldo member|simpan link|anti blokir)\b",
    r"\b(?:scatter|petir|jackpot|jp|maxwin)\b[\w ]{0,14}\b(?:turun|bocor|deras|pecah|tiap|setiap|jatuh|menanti)\b",
    r"\btempat (?:main|bermain|berkumpul)|\bhiburan\b",
    r"\b[a-z]+[013457]+[a-z]+\w*\b",
    r"\b(?:tembus|garansi|lancar|jaya|gas(?:s|pol)?|merapat|iseng|modal (?:receh|ceban|goceng)|gunakan|pasang (?:secukupnya|sekarang)|semoga (?:jp|menang|tembus|beruntung)|angka di atas|berjamaah|langganan)\b",
    r"\b(?:jangan (?:lewatkan|sampai|ragu|lupa)|tunggu apa|kapan lagi|hanya di sini|hanya di\b)",
    r"\b(?:anda|kamu|kalian|para (?:pemain|slotter|bettor|member)|member setia|pemain setia)\b",
    r"\b(?:bos+ku|bosq|slot+ers?|slot mania|sobat|agan|bettor|kawan|suhu)\b",
    r"\b(?:bonus|cash ?back|diskon|promo|komisi|rtp|rate|win ?rate|persentase|potongan)\b[\w ,:.]{0,30}?\d[\d.,]* ?(?:%|persen)|\d[\d.,]* ?(?:%|persen) (?:bonus|cashback|rtp)",
    r"\b(?:min|minimal|minimum|modal|cuma|hanya|mulai|cukup|dengan)\b[\w ,:.]{0,14}\b(?:depo|deposit|wd|bet|receh|kecil|\d+ ?(?:k|rb|ribu|perak|rupiah))\b",
    r"\b(?:tanpa potongan|tanpa to\b|tanpa syarat|anti (?:\w+)|bebas ip|no limit|24 ?jam|nonstop|non stop|24/7)\b",
    r"\bter(?:percaya|baik|besar|lengkap|gacor|favorit|mudah|murah|akurat|jitu|aman)\b|\brtp (?:live |slot )?tertinggi",
    r"\b(?:resmi|berlisensi|lisensi|no ?1|nomor satu|nomor 1|official|terjamin|amanah|bergaransi|fair ?play)\b",
    r"\b(?:pasti|dijamin|auto|gampang|mudah|(?:sering|lebih) (?:menang|maxwin|jp|bocor|pecah|jackpot)|(?:peluang|kesempatan) (?:menang|kemenangan|jp|jackpot|maxwin)|berapa ?pun (?:pasti )?dibayar)\b|\b(?:pasti|dijamin|auto|gampang|mudah)\b(?:[\w ]{0,12}\b(?:bayar|dibayar|menang|kemenangan|wd|maxwin|jp|jackpot|cuan|kaya|bocor|jebol|pecah))",
    r"\b(?:proses|transaksi|depo|deposit|wd|withdraw|penarikan)\b[\w ,:.]{0,16}\b(?:cepat|kilat|detik|menit|instan|lancar|aman)",
    r"\b(?:cs|customer service|live ?chat|admin|whatsapp|wa|telegram) (?:\w+ )?(?:ramah|online|siap|24|profesional|kami|kita|resmi)\b"
    r"|\bhubungi (?:\w+ )?(?:cs|admin|agen|whatsapp|wa|kami|telegram|livechat)\b",
    r"\b(?:situs|web|platform|agen|layanan|halaman|tempat) (?:kami|ini)\b|\bkami\b[\w ,:.]{0,20}\b(?:menyediakan|hadirkan|menghadirkan|sediakan|tawarkan|memberikan)",
    r"\b(?:hadiah|kemenangan|keuntungan|cuan|profit|hoki|untung|menang)\b[\w ,:.]{0,14}\b(?:besar|melimpah|fantastis|jutaan|puluhan|ratusan|miliaran|setiap hari|tiap hari|maksimal|berlimpah|banyak)",
    r"\b(?:slot|rtp|gacor|pola|jam|bocoran|link|situs|maxwin|prediksi|angka)\b(?: \w+){0,3} (?:hari ini|malam ini|terbaru|terupdate)\b",
    r"\b(?:play|sign up|register|join|deposit|bet|spin) (?:now|today|here)|\bbest\b|\btrusted\b",
    r"\b(?:www|https?|com|net|org|xyz|vip|ly|bit)\b",
    r"\btips\b|\btrik\b|\bstrategi\b|\brahasia\b|\bpanduan\b",
    r"\bseru\b|\bmenarik\b|\bmenguntungkan\b|\bmemuaskan\b|\bsensasi\b",
)
_NEWS = (
    r"\b(?:polisi|kepolisian|pol(?:da|res|resta|restabes|ri|sek)|kapol\w+|bareskrim|penyidik\w*|reskrim\w*|brigjen|kombes|akbp|kompol|iptu|ipda|aiptu|bripka)\b",
    r"\b(?:tersangka|pelaku|terdakwa|terpidana|sindikat|komplotan|jaringan judi|dpo)\b",
    r"\b(?:ditangkap|menangkap|penangkapan|diringkus|meringkus|diamankan|digerebek|digrebek|menggerebek|penggerebekan|ditahan|menyita|disita|diciduk|dibekuk|ditetapkan|razia|patroli)\b",
    r"\b(?:komdigi|kemkomdigi|kominfo|menkomdigi|dirjen|kementerian|menteri|satgas|desk)\b",
    r"\b(?:ppatk|ojk|bank indonesia|bssn|interpol|mui|kpai|dpr|dprd|dinas|pemkot|pemkab|pemprov|pemerintah)\b",
    r"\b(?:diblokir|memblokir|pemblokiran|dibekukan|membekukan|diretas|peretasan|meretas|disusupi|takedown|dihapus|menghapus)\b|(?:^|[^i] )blokir\b",
    r"\b(?:ujar|tutur|ucap|jelas|kata|papar|ungkap|imbuh|tegas|sebut|tambah|cerita|keluh|terang|beber)(?:nya)?,? (?:dia|ia|[a-z]+|\w+ \w+),?|\b(?:menurut|mengatakan|menjelaskan|mengungkapkan|menyebut(?:kan)?|menuturkan|mengimbau|menegaskan|mengaku|menambahkan|mengakui|menilai|katanya|ujarnya|tuturnya|jelasnya|ucapnya)\b",
    r"\b(?:kecanduan|pecandu|korban|kerugian|merugikan|rugi|merugi|kalah (?:habis|lalu|judi)|terlilit|utang|berutang|bunuh diri|jerat|terjerat|terjebak|menjebak|bangkrut|candu|ketagihan|adiksi)\b",
    r"\b(?:pidana|hukum|hukuman|uu|pasal|hakim|jaksa|sidang|vonis|divonis|penjara|kuhp|undang undang|pengadilan|dakwaan|tuntutan|persidangan|saksi)\b",
    r"\b(?:ilegal|melanggar|haram|bahaya|berbahaya|marak|maraknya|modus|memberantas|pemberantasan|waspada|mewaspadai|penipuan|perjudian|larangan|dilarang|melarang|praktik)\b",
    r"\b(?:iming iming|tergiur|dijanjikan|menjanjikan|menawarkan|ditawarkan|mempromosikan|dipromosikan|promosi judi|endorse|mengiklankan|iklan|berkedok|mengelabui|diduga|dugaan|istilah|sebutan|judol|bandar me\w+|bandar (?:lokal|itu)|konon|padahal|hanyalah|artinya|berarti|umpan)\b",
    r"\b(?:antara lain|kata kunci|berisi|bertulis\w+|tertulis|tulisan|bertajuk|bunyinya|berbunyi|pesan (?:itu|singkat|berantai)|disebut|dinamai|dikenal)\b",
    r"\b(?:bupati|gubernur|wali kota|presiden|kepala (?:dinas|desa|sekolah|badan|bidang)|direktur|ketua|rektor|juru bicara|humas)\b",
    r"\b(?:peneliti|psikolog|psikiater|pakar|pengamat|survei|riset|penelitian|mahasiswa|dosen|kriminolog|sosiolog|responden|pasien|rehabilitasi|konselor)\b",
    r"\b(?:omzet|beromzet|perputaran|miliar|triliun|barang bukti|rekening penampung|pencucian uang)\b",
    r"\b(?:aku|istriku|suamiku|warga|keluarga|istri|suami|anak|ibu|orang tua|siswa|remaja|karyawan|buruh|guru|tetangga)\b",
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) \(\d|\(\d{1,2} ?/ ?\d",
)

WORDS = Words(_GOODS, _CALLS, _NEWS, r"\b(?:judi|judol|perjudian|togel|slot|kasino|taruhan|sabung ayam)\b")
