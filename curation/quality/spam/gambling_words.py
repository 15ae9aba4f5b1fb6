"""What sellers of gambling say, and what those say who report on them: over folded clauses, an idea each."""

from __future__ import annotations

from curation.quality.spam.passages import Tally, Words

#: The numbers that brands end in: mekar88, naga4d
_LUCKY = r"(?:\d?77|\d?88|\d?99|69|78|123|138|168|189|212|234|303|338|365|[45]d)"
_GAMES = "slots?|togel|toto|poker|casino|kasino|sbobet"

_BRAND = rf"\b[a-z][a-z][a-z]+(?:{_LUCKY}|toto|slot|gacor|poker)\b"

_GOODS = (
    r"gacor",
    r"\bmax ?win\b",
    r"\bscatter\b",
    r"\b(?:jack ?pot|jp)\b",
    r"rungka[dt]",
    r"\brtp\b",
    r"\blink (?:alternatif|resmi|slot|login|vip|gacor|daftar|anti)\b",
    r"\b(?:depo|deposit|top ?up)\b.*\b(?:pulsa|dana|qris|ovo|gopay|linkaja|e wallet|potongan|murah|receh|\d)"
    r"|\bslot (?:depo|deposit|bet|qris|dana|pulsa)\b",
    r"\bbonus (?:new|member|depo|roll|harian|mingguan|cash ?back|referral|sambutan|welcome|selamat|kekalahan)"
    r"|\bwelcome bonus|\bfree ?chip",
    r"\bfree ?(?:bet|spins?)\b|\b(?:spin|putaran) gratis\b|\bbuy ?spin",
    rf"\b(?:daftar|agen|bandar|situs|akun|id|login|link|bo|web) (?:(?:judi|game|akun|situs|resmi"
    rf"|link) )?(?:{_GAMES})\b",
    r"\bslot (?:online|resmi|ter\w+|pulsa|dana|88|thailand|server|demo|hari|luar|pragmatic|mahjong|zeus|pg)\b",
    rf"\b[a-z][a-z][a-z]+{_LUCKY}\b|\b(?:slot|toto|togel|qq|mpo|bet|win|hoki|dewa|raja|naga|bola) ?\d\d\d?\d?\b"
    r"|\b[a-z][a-z][a-z]+(?:toto|slot|gacor|maxwin)\b",
    r"\bpola (?:\w+ )?(?:admin|slot|spin|main|jam|hari ini|x)\b|\bjam (?:\w+ )?(?:hoki|main|slot)\b"
    r"|\bbocoran (?:\w+ )?(?:slot|pola|admin|rtp|togel|angka)\b",
    r"\bmahjong ways|\bsweet bonanza|\bgates of|\bstarlight princess|\bwild bandito|\bolympus|\bzeus\b|\blucky neko",
    r"\bpragmatic|\bpg ?soft|\bhabanero|\bjoker ?123|spadegaming|microgaming|playtech|\bidn ?(?:play|poker|slot)"
    r"|\bpkv\b",
    r"\bturn ?over\b|\bwin ?rate\b|\brollingan\b|\bvolatilitas\b|\bbet (?:receh|kecil|minimal|\d)|\bmin\w* bet\b"
    r"|\bto (?:x?\d|kecil|rendah)",
    r"\bwd\b|\bwith ?draw\b|\bpenarikan\b",
    r"\bserver (?:thailand|kamboja|luar|filipina|rusia|vip)\b|\bakun (?:pro|vip)\b|\bpro kamboja\b",
    r"\b(?:prediksi|bocoran|keluaran|pengeluaran|result|data|angka) (?:\w+ )?(?:togel|sgp|hk|sdy|sydney|singapore"
    r"|hongkong|macau)\b|\blive ?draw\b",
    r"\bbbfs\b|\bangka (?:ikut|main|mati|kontrol|jitu)\b|\b(?:kepala|ekor|shio)\b ?: ?\w",
    r"\bcolok (?:bebas|naga|jitu|macau)\b|\b[234]d\b.*\b[234]d\b|\b[234]d ?: ?\d|\btwin\b|\binvest 2d\b",
    r"\b(?:diskon|hadiah|prize|pasaran) (?:togel|toto|[234]d)\b|\bpasaran (?:resmi|hk|sgp|terlengkap|macau)\b"
    r"|\btoto ?(?:macau|hk|sgp)\b",
    r"\bparlay",
    r"\bover (?:under|\d)|\bhandicap\b|\bvoor\b|\bbtts\b|\bodds\b|\b1x2\b|\btebak skor\b",
    r"\bsbobet|\b(?:bandar|agen|judi|taruhan|pasaran) (?:bola|olahraga|sport)\b|\bsports ?book",
    r"\berek erek\b|\bbuku mimpi\b|\bpaito\b|\bsyair (?:hk|sgp|sdy|togel)\b",
    r"\b(?:casino|kasino|roulette|rolet|black ?jack)\b",
    r"\bbac+ar+at|\bsic ?bo\b|\bdragon tiger|\blive casino\b|\bdealer (?:cantik|ramah|asli|nyata)\b",
    r"\b(?:domino|bandar|adu) ?qq?\b|\bqq ?online|\bmain qq\b|\bdomino uang\b|\buang asli\b|\bqiu ?qiu|\bcapsa\b"
    r"|\bceme\b|\bkartu (?:domino|remi|online)\b",
    r"\bpoker (?:online|uang)\b|\bidn\b|\btexas hold ?em\b",
    r"\bsv388|\bs128\b|\bws168|\bmeron\b|\bwala\b|\btaji\b",
    r"\btembak ikan\b|\bfishing game|\bsabung ayam (?:online|live|sv)",
    r"\b(?:main|permainan|game|mesin|provider|bermain|judi|spin|turnamen) slot\b|\bslots?\b.*\b(?:games?|machine"
    r"|provider)\b",
    r"\bjudi (?:online|slot|bola|qq|poker|togel|resmi|ter\w+)\b|\btogel\b|\btaruhan\b",
    r"\bperkalian\b|\bx ?\d\d\d+\b|\bkakek (?:zeus|petir)\b|\bpetir\b",
    r"\bpenghasil (?:uang|saldo)\b|\bgulungan\b|\bafiliat\w+|\bmember\b.*\bdeposit\b",
    r"\bbandar (?:macau|hk|darat|4d)\b|\b(?:toto|togel) (?:slot|online|macau|4d)\b",
    r"\bnew member \d|\bmember baru \d",
)
#: What can be nothing but gambling: "gacor", "jackpot", "bonus" and "slot" alone are said of birds, shares and flights.
_TRADE = (
    r"\b(?:judi|judol|perjudian|berjudi|pejudi|penjudi|togel|maxwin|sbobet|bacarr?at|baccarat|sic ?bo|parlay|taruhan"
    r"|bertaruh|casino|kasino|roulette|rolet|poker|domino ?qq?|qiu ?qiu|capsa|ceme|bbfs|erek erek|buku mimpi|paito"
    r"|free ?bet|free ?chip|rtp live|live rtp|live ?draw|mahjong ways|sabung ayam|tembak ikan|colok bebas)\b"
    rf"|\b[a-z][a-z][a-z]+{_LUCKY}\b|\b[a-z][a-z][a-z]+(?:toto|slot|gacor|poker)\b|\btoto\b"
    r"|\bslot\w* (?:online|resmi|gacor|terpercaya|tergacor|terbaik|pulsa|dana|88|thailand|server|demo|pragmatic"
    r"|mahjong|zeus|pg|deposit|depo|bet|qris|dan casino|hari ini|malam ini|paling|favorit|\d\d+)\b"
    rf"|\b(?:situs|link|akun|agen|bandar|main|bermain|mainkan|permainan|game|games|mesin|rtp|saldo|dolan|judi|pola|spin"
    r"|putaran|lewat|iklan|pemain|putar|info|turnamen|provider|bonus|jackpot|hiburan|jenis|promosi|banner"
    r"|klaim) slots?\b|\bonline slot|\bslot games?\b|\b(?:depo|deposit) (?:\w+ )?(?:pulsa|dana|qris|\d+ ?(?:k|rb|ribu"
    r"|rebu)?)\b|\bdepo\b|\bbonus new member\b|\b(?:gates of|olympus|sweet bonanza|starlight princess|wild bandito"
    r"|pragmatic|pg ?soft)\b|\bscatter hitam\b|\b(?:hk|sgp|sdy|sydney|hongkong|macau) (?:malam|hari|pools|lotto"
    r"|\w+ [1-3]?\d)\b|\bpola gacor\b|\b(?:prediksi|rumus|bocoran|keluaran|data) (?:\w+ )?(?:hk|sgp|sdy|sydney"
    r"|macau)\b|\btop 2d\b|\bangka main\b|\btukar\w*\b.*\b(?:uang asli|saldo)\b|\buang asli\b|\bvoor malam\b"
    r"|\bbet di\b|\b(?:agen|main|meja) domino\b|\bmin(?:imal)? bet\b|\bakun pro\b|\bpola petir\b|\brtp (?:gacor|slot"
    r"|tertinggi)\b|\bkartu online\b|\bmaxwin\w+|\bzeus\b|\bbet \d|\bslot favorit\b|\bmember\b.*\b(?:deposit|depo"
    r"|wd)\b|\bpermainan (?:berhadiah|putar)\b|\bjackpot progresif\b|\btingkat pengembalian|\b(?:game"
    r"|gim) penghasil\b|\bmaen slot\b|\bpasang nomor\b|\bslot (?:apa|euy)\b|\bdi slots?\b|\bslotnya\b|\b(?:tarik"
    r"|narik|cair\w*) ke (?:dana|ovo|gopay|rekening)\b|\bmix parlay"
)
#: Only sellers speak so to those whom they want something from.
_CALLS = (
    r"\b(?:bos+ku+|bosq+u*|slot+ers?|slot ?mania|sobat|agan|gan|guys|bettor|lur|rek|cuy|bestie|para (?:slotter"
    r"|bettor)|pecinta slot|pencinta slot)\b",
    r"\b(?:daftar|register|gabung|bergabung|join|coba|cobain|main|mainkan|login|buktikan|klaim|bertaruh|putar|depo"
    r"|isi)(?:lah|kan)? .*\b(?:sekarang|segera|yuk|disini|di sini|bersama|hanya di|di situs|di link|saiki|aja dulu"
    r"|dulu dong)\b|\bdaftarkan (?:diri|akun)\w*\b|\bdaftar gratis\b|\bjadilah (?:anggota|member)\b"
    r"|\bkamu juga (?:pasti )?bisa\b|\b(?:member|pemain) setia\b|\bsilakan pakai\b|\bklik (?:klaim|terima)\b",
    r"\b(?:segera|ayo|yuk|mari|buruan|sila[hk]+an|langsung|tinggal|cukup|cus+|gas+|gask\w+|ndang|mending"
    r"|bisa) (?:\w+ )?(?:daftar|gabung|bergabung|join|klik|login|main|mainkan|bermain|klaim|buktikan|kunjungi|hubungi"
    r"|coba|merapat|dolan|depo|putar|isi|pasang|racik)\b|\bgask?(?:eun|pol|kan|s)\b|\bmerapat\b|\bburuan\b|\b(?:hayu"
    r"|geura|ulah dugi)\b|\bpercaya deh\b|\b(?:di)?coba aja\b|\bpenasaran\b.*\b(?:lihat|cek|klik|coba)",
    r"\b(?:klik|kunjungi|akses|buka|pakai|simpan|cek|cari|lewat)(?:lah)? (?:link|tautan|di sini|disini|situs|tombol"
    r"|banner|alamat|bandar|agen|bio\w*|halaman|profil|profile|salah satu)\b|\bklik\b.*\bdaftar\b|\blink\b.* bio\b"
    r"|\b(?:tombol|link|tautan) (?:join|daftar|\w+ )?(?:ada )?di (?:bawah|atas|bio|pinned)\b|\bpinned\b|\bbio ane\b",
    r"\b(?:klaim|raih|nikmati|dapatkan|rasakan|menangkan|rebut|ambil|claim|get|buru|kejar)(?:lah)?\b.*\b(?:bonus"
    r"|jackpot|maxwin|scatter|kemenangan|hadiah|freebet|free ?spins?|saldo|freechip|promo|cashback|keuntungan|sensasi)",
    r"\b(?:jangan (?:lewatkan|sampai|ragu|lupa)|tunggu apa|kapan lagi|giliran (?:kamu|anda|mu)|siapa ta[hu]+\b"
    r"|saatnya (?:beralih|main|bermain|kamu|anda)|bosan kalah|salam (?:jp|cuan|parlay|maxwin)|semoga (?:jp|tembus"
    r"|hoki)|(?:mau|ingin|pengin|pengen) (?:cuan|menang|maxwin|jp|ikutan)|buat yang|(?:buat|untuk|khusus) (?:kamu"
    r"|anda) yang|ojo nganti|semoga (?:jitu|beruntung))\b",
    r"\b(?:cs|customer service|live ?chat|admin\w*|whatsapp|wa|telegram) (?:\w+ )?(?:ramah|online|siap|profesional"
    r"|kami|kita|resmi)\b|\bhubungi (?:\w+ )?(?:cs|admin|agen|whatsapp|wa|kami|telegram|livechat)\b"
    r"|\blewat (?:whatsapp|wa|cs)\b|\bbantu (?:proses|depo)\w*\b|\bdiproses admin\b",
    r"\b(?:situs|web|platform|agen|layanan|pelanggan|member|meja|bandar|slot|permainan|partner|mesin|anggota"
    r"|penjamin dana|promo|afiliator|server|rolet|baccarat|togel|kasino|pasaran) kami\b|\bkami\b.*\b(?:menyediakan"
    r"|hadirkan|menghadirkan|sediakan|tawarkan|memberi|memberikan|siapkan|bayar|membayar|rangkum|merangkum"
    r"|merekomendasikan|beroperasi|perbarui|mengulas|bekerja sama)\b|\bprioritas kami\b|\bakan kami bayar\b"
    r"|\bhadir dengan wajah\b",
    r"\b(?:play|sign up|register|join|deposit|bet|spin|claim)\b.*\b(?:now|today|here)\b|\byour (?:account|luck"
    r"|first)\b|\bmost trusted\b|\breal money\b",
    rf"\b(?:login|daftar|link|hanya di|agen|bersama|berkat|bareng|beralih ke|merapat ke|mending (?:main )?di"
    rf"|ya di) (?:alternatif )?[a-z]+(?:{_LUCKY}|toto|slot|bet|win|gacor)\b|\b[a-z]+(?:{_LUCKY}|toto|slot) (?:login"
    rf"|daftar|link|vip|official|resmi)\b|\b(?:main|maen|putar|coba) (?:slot )?(?:aja |saja )?di [a-z]+(?:{_LUCKY}"
    rf"|toto|slot|gacor)\b",
    rf"\b[a-z]+(?:{_LUCKY}|toto|slot) (?:juga |kini |sebagai |akan |selalu )?(?:adalah|ialah|hadir|merupakan"
    rf"|menghadirkan"
    r"|menyajikan|memberikan|memberi|menyediakan|luncurkan|meluncurkan|punya|kasih|siap|bagi|memperkenalkan)\b",
    r"\b(?:kemenangan|taruhan|keberuntungan|hoki|peluang|jackpot|saldo|rekening|pilihan|slot) ?(?:anda|kamu|mu)\b"
    r"|\b(?:bermainlah|pasanglah|pilihlah)\b|\bmainkan (?:game|slot|permainan|di)\b|\bpasang\b.* di (?:agen|bandar"
    r"|situs)\b|\bpasang (?:di|taruhan|pada|secukupnya)\b|\blayak (?:dicoba|dipilih)\b|\bpantas mendapat\b"
    r"|\bmerekomendasikan\w*\b",
    r"\b(?:anggota|member|pendaftar|pemain|pengguna) (?:baru|pertama|lama)\b.*\b(?:berhak|mendapat|dapat|memperoleh"
    r"|langsung|diberi)\w*\b|\b(?:aku|saya) pakai\b|\bnumpang lapak\b|\b(?:kasih|bagi bagi|dikasih) (?:\w+ )?(?:bonus"
    r"|freebet|angpao|\d)|\bdapat komisi\b|\b(?:makasih|terima kasih|thanks|hatur nuhun"
    r"|matur nuwun) (?:\w+ )?(?:\w+ )?[a-z]+\d\d+|\baku tambahin\b|^[a-z]+\d+d? ?:|\bhalo kak\b"
    r"|\banda terpilih (?:mendapat|dapat|dpt|untuk|sebagai)|\bvisit us\b|\bnice post\b|\b(?:hadiah|saldo|putaran"
    r"|bonus)\b.* (?:untuk|buat) (?:anda|kamu)\b|\b(?:pilih nomor|tentukan jumlah|menjagokan)\b|\bkirim linknya\b"
    r"|\bkode (?:gue|ref\w*|aku)\b|\bkakak belum\b",
)
#: What sellers of gambling promise.
_OFFERS = (
    r"\b(?:internet positif|nawala|tanpa vpn|saldo member|simpan link|anti ?(?:blokir|rungkad|kalah|boncos|lag"
    r"|nawala)|bebas ip|alamat (?:terbaru|lama|utama))\b",
    r"\b(?:scatter|petir|jackpot|jp|maxwin)\b.*\b(?:turun|bocor|deras|pecah|tiap|setiap|jatuh|menanti|gampang"
    r"|beruntun)\b|\bgampang (?:\w+ )?(?:scatter|maxwin|menang|metu|jp)\b|\bserver (?:bocor|gacor)\b|\bbocor\b",
    r"\b[a-z]+[013457]+[a-z][a-z]+",  # a disguise that nobody has seen through
    r"\b(?:tembus|lancar (?:jaya|terus)|modal (?:receh|ceban|goceng)|berjamaah|jp paus|wd (?:\d|lancar|masuk|cepet"
    r"|aman|langsung|sudah)|udah wd|bayar \d+ ?(?:rb|ribu))\b",
    r"\b(?:bonus|cash ?back|diskon|promo|komisi|rtp|win ?rate|potongan)\b.*\d ?(?:%|persen)|\d ?(?:%|persen) (?:bonus"
    r"|cashback|rtp|welcome)\b|\b9\d(?: |\.)\d\d?\b|\b9\d ?%|\bdiskon\w* \d",
    r"\b(?:min|minimal|minimum|modal|cuma|hanya|mulai|cukup|dengan|tiap|kecil) .*\b(?:depo|deposit|wd|bet|receh"
    r"|kecil)\b|\b(?:min|minimal|minimum|modal|cuma|hanya|mulai|cukup|dengan|setor|depo"
    r"|isi) (?:\w+ )?(?:\w+ )?\d+ ?(?:k|rb|rebu|ribu|perak|rupiah)\b|\b(?:goceng|ceban|taruhan mulai)\b",
    r"\b(?:tanpa (?:potongan|penundaan|ribet|bot|delay|diskon|to|syarat|depo\w*|daftar)|no limit|24 ?jam|non ?stop"
    r"|24/7|siang malam|kapan (?:saja|pun))\b",
    r"\b(?:situs|agen|bandar|slot|poker|togel|toto|casino|judi|bola|link) (?:\w+ )?(?:resmi|ter(?:baik|besar|lengkap"
    r"|aman|kemuka|baru|murah))\b",
    r"\bte(?:percaya|rpercaya|rgacor|rfavorit|rakurat|rjitu)\b|\brtp .*(?:tertinggi|menjulang)\b|\bpaling (?:gacor"
    r"|royal|fair|bocor|lengkap|gampang|asi[kp]|cuan|ramai)\b|\bnomor? ?(?:satu|1)\b|\bnumber one\b",
    r"\b(?:berlisensi|lisensi|official|terjamin|amanah|fair ?play|terenkripsi|dienkripsi|terbukti (?:membayar|bayar)"
    r"|(?:selalu|pasti) (?:membayar|dibayar)|di ?bayar\w* (?:penuh|lunas|cash|tanpa batas)|berapa ?pun .*bayar)\b",
    r"\b(?:sering|lebih|mudah|gampang|auto|pasti|dijamin) (?:\w+ )?(?:menang|maxwin|jp|jackpot|cuan|bocor|pecah|wd"
    r"|di ?bayar|kaya|didapat)|\bpeluang (?:\w+ )?(?:menang|kemenangan|jp|jackpot|maxwin|terbaik|lebih)"
    r"|\bpeluang kian\b|\b(?:semalam|sehari|sekali (?:spin|putar|main))\b.*\b\d+ ?(?:jt|juta|rb|ribu)\b"
    r"|\bjackpot lebih mudah\b|\b(?:balik|ganti) modal\b",
    r"\b(?:proses\w*|transaksi|depo|deposit|wd|withdraw|penarikan|pencairan|cair|layanan)\b.*\b(?:cepat|kilat|cepet"
    r"|detik|menit|instan|lancar|aman)\b|\b(?:super )?fast (?:withdraw|payout)|\bsatu menit\b",
    r"\b(?:hadiah|kemenangan|keuntungan|cuan|profit|hoki|untung|hasil|saldo\w*)\b.*\b(?:besar|melimpah|fantastis"
    r"|jutaan|puluhan|ratusan|miliaran|(?:se)?tiap hari|maksimal|berlimpah|melonjak|juta)\b",
    r"\b(?:slot|rtp|gacor|pola|jam|bocoran|link|situs|maxwin|prediksi|angka)\b.* (?:hari ini|malam ini|terbaru"
    r"|terupdate|bulan ini)\b|\bdiperbarui tiap\b",
    rf"\b(?:di|ke|pakai|kenal|sejak) [a-z]+(?:{_LUCKY}|toto|slot|gacor)\b",
    r"\b(?:\d+ ?(?:k|rb|rebu|ribu|ceban|perak)|rong puluh \w+|modal \w+) .*\b(?:jadi|dapat|dapet|dadi|tembus|bisa wd"
    r"|sudah bisa|per spin)\b",
    r"\b(?:provider|pasaran|pilihan|game) (?:\w+ )?(?:lengkap|terlengkap|ternama)\b|\b\d+ pasaran\b|\bpasaran:",
    r"\b(?:angka (?:ikut|main|mistik|naga|di atas|jitu)|ekor|kepala|shio|bb|ai|cn)\b ?:? ?(?:\d|ganjil|genap|kecil"
    r"|besar)|\bx 9[ .]?\d{3}\b|\b[234]d \d+|\bover \d|\bvoor\b",
    r"\b(?:turbo|manual|dc) (?:on|off|\d)|\b\d+x (?:turbo|manual)|\b(?:to|turnover) (?:x?\d|cm|rendah|kecil)\b",
    r"\b(?:registrasi|pendaftaran|unggah bukti|kirim minimal|hanya butuh|akun dibuatkan|freebet|tanpa modal"
    r"|maksimal wd|dilarang buy)\b|\bberlaku untuk\b.*\b(?:slot|game|permainan)\b",
    r"\b(?:dapet|doang|gede|aja|udah|gue|gua|nggak|ngga|gak|banget|temen|bikin|kayak|lagi (?:gacor|bocor)|euy)\b",
    r"\b(?:dpt|dr|sblm|slmt|utk|yg|jd|ntar|dgn|tdk|krn|jeti|semalem|gocap|emang)\b",
    r"\b(?:odds|hadiah|menang|untung) (?:sampai|hingga) \d|\btaruhan (?:ringan|kecil|paling kecil)\b|\bsatu akun\b",
    r"\b(?:dong|deh|nih|lho|loh|yuk|kok|nah|ya kak|moms|gengs|eh)\b|!!",
    r"\b\d+x? (?:putaran|spin|kali)\b.*\b(?:otomatis|manual|turbo)|\bbeli fitur\b|\b(?:meraup|raup|menemukan celah"
    r"|celah ini)\b"
    rf"|\bserver [a-z]+{_LUCKY}",
    r"\b(?:saldo|dana|hasil|imbal hasil)\b.*\b(?:langsung|otomatis|dibayar|dibayarkan|dikirim) ?(?:masuk|cair|dikirim"
    r"|ditransfer|usai|otomatis)?\b|\bribuan (?:pemain|member|anggota)\b|\b(?:bonus|deposit|depo|wd|cash ?back|hadiah"
    r"|klaim|kredit|proses|rollingan)\b.*\botomatis\b",
    r"\b(?:ambil|pilih|jagokan) (?:under|over|tuan rumah|tim tamu|\d)|\bmain di\b|\bagen resmi\b",
    r"\b[a-z]*[013457@$][a-z]+[013457@$][a-z@$]*\b",
    r"[\x{2605}\x{26A1}\x{2B50}\x{1F300}-\x{1FAFF}]|#(?:slot|gacor|maxwin|rtp|togel|judi)",
)
#: Praise, and talk to the reader, of which others are not shy either.
_PRAISE = (
    r"\b(?:anda|kamu|kalian|kak|kakak)\b",
    r"\b(?:terbaik|terbesar|terlengkap|termurah|teraman|terkemuka|ternama)\b",
    r"\b(?:resmi|aman|adil|ramah|nyaman)\b",
    r"\b(?:seru|menarik|menguntungkan|memuaskan|sensasi|menyenangkan|asi[kp]|hiburan|dinikmati)\b",
    r"\b(?:tips|trik|strategi|rahasia|panduan|cara)\b",
    r"\b(?:gratis|promo|hadiah|percuma|free)\b",
    r"\b(?:www|https?|com|net|org|xyz|vip|ly|bit)\b",
    r"\b(?:jackpot|menang|kemenangan|cuan|sultan|hoki|keberuntungan)\b",
    r"\b(?:cepat|mudah|gampang|lancar|otomatis|langsung|instan|kapan)\b",
    r"\b(?:kami|aku)\b",
)
#: How those speak who report on gambling, warn of it or have lost by it.
_DOUBTS = (
    r"\b(?:polisi|kepolisian|pol(?:da|res|resta|restabes|ri|sek)|kapol\w+|bareskrim|penyidik\w*|reskrim\w*|brigjen"
    r"|kombes|akbp|akp|kompol|iptu|ipda|aiptu|bripka|bintara)\b",
    r"\b(?:tersangka|pelaku|terdakwa|terpidana|sindikat|komplotan|jaringan judi|dpo|diadili)\b",
    r"\b(?:menelusuri|ditelusuri|penelusuran|melacak|dilacak|terungkap|mengungkap|investigasi|mengaudit)\b",
    r"\b(?:ditangkap|menangkap|penangkapan|diringkus|meringkus|diamankan|di?gerebek|digrebek|menggerebek"
    r"|penggerebekan|ditahan|menyita|disita|sitaan|diciduk|dibekuk|membekuk|razia|patroli|dibongkar|membongkar"
    r"|bongkar)\b",
    r"\b(?:(?:kem|men)?komdigi|kominfo|kementerian|menteri|satgas|ppatk|ojk|bssn|interpol|mui|kpai|lembaga penyiaran"
    r"|otoritas|regulator|federasi|komite|auditor)\b",
    r"\b(?:diblokir|memblokir|pemblokiran|dibekukan|membekukan|diretas|peretas\w*|meretas|disusupi|menyusup\w*|takedown"
    r"|dihapus|menghapus|ditutup|disalahgunakan|sisipan)\b|(?:^|[^i] )blokir\b",  # but not "anti blokir"
    r"\b(?:kecanduan|pecandu|candu|ketagihan|adiksi|korban|kerugian|merugikan|rugi|merugi|terlilit|utang\w*|hutang"
    r"|berutang|bunuh diri|jerat|terjerat|terjebak|bangkrut|kebangkrutan|pinjaman online|pinjol|gemetar|menyesal"
    r"|almarhum|depresi|bercerai|perceraian)\b",
    r"\bkalah (?:habis|lalu|judi|terus|lagi|seterusnya|dua|\d)|\b(?:uang|saldo\w*|gaji\w*|motor\w*|tabungan|semua\w*"
    r"|harta|juta|rumah|biaya\w*|total|rp)\b.*\b(?:habis|hilang|ludes|lenyap|raib|terjual|digadaikan|tersedot|menipis"
    r"|kalah)\b|\b(?:kehilangan|menghabiskan|habiskan|menjual (?:motor|mobil|rumah|tanah|emas|perhiasan)|gadai\w*"
    r"|tagihan|boncos|entek)\b",
    r"\b(?:pidana|hukum|hukuman|uu|pasal|hakim|jaksa|sidang|vonis|divonis|penjara|dipenjara|kuhp|undang undang"
    r"|pengadilan|dakwaan|tuntutan|persidangan|saksi|denda|didenda|diperiksa|memeriksa|dihukum)\b",
    r"\b(?:ilegal|melanggar|haram|bahaya|berbahaya|marak|maraknya|modus\w*|memberantas|pemberantasan|waspada"
    r"|mewaspadai|penipuan|penipu|larangan|dilarang|melarang|larang|gelap|berdosa|bertobat|insaf|tobat)\b",
    r"\b(?:judol|perjudian|berjudi|pejudi|penjudi|judi (?:daring|digital|ilegal|gelap)|rumah judi|iklan (?:judi|slot"
    r"|kasino|togel)|(?:promosi|promosikan|mempromosikan|mengiklankan|dipromosikan|mengendorse"
    r"|endorse) ?(?:\w+ )?(?:judi|slot|situs|kasino)?)\b",
    r"\b(?:iming iming|tergiur|tergoda|dijanjikan|menjanjikan|berkedok|menyamar|mengelabui|diduga|dugaan|umpan|konon"
    r"|padahal|hanyalah|menipu|bohong\w*|kebohongan|palsu|editan|edit|jebakan\w*|menjebak|pura pura|manipulat\w+"
    r"|dirancang|mengarang|ngarang|tiruan|hoaks)\b",
    r"\b(?:tidak ada (?:jam|pola|yang|taruhan|rahasia)|tak seorang pun|jangan (?:klik|percaya|tergoda|tergiur|dekati"
    r"|mudah|membuka|pinjamkan|membayar|simpan)|jauhi|berhentilah|berhenti|tinggalkan|tutuplah|hapus (?:akun\w*"
    r"|aplikasi)|terlarang|terlanjur|bukan (?:data|judi))\b",
    r"\b(?:psikolog|psikiater|kriminolog|sosiolog|rehabilitasi|konselor|konseling|terapi|pasien|puskesmas|guru bk"
    r"|ruang bk)\b",
    r"\b(?:selebgram|kamboja|omzet|beromzet|perputaran|barang bukti|rekening penampung|penampung|pencucian uang"
    r"|transaksi mencurigakan)\b",
    r"\b(?:ditolak|menolak|ditunda|menunda|menahan|protes|mengeluh\w*|keluhan|marah|menangis|malu|runtuh|miskin"
    r"|kemiskinan|memaksa|tuntut|mengecam|desak|mendesak|khawatir|prihatin)\b",
)
#: How anybody speaks who reports, tells, explains or reviews.
_NEWS = (
    r"\b(?:ujar|tutur|ucap|jelas|papar|ungkap|imbuh|tegas|sebut|tambah|cerita|keluh|terang|beber"
    r"|tulis)(?:nya)?,? [a-z]+"
    r"|\bkata,? (?:[a-jl-rt-z]|k[a-tv-z]|s[b-z])"  # no key words, no passwords: kata kunci, kata sandi
    r"|\b(?:menurut|mengatakan|menjelaskan|mengungkapkan|menyebut(?:kan)?\w*|menuturkan|mengimbau|menegaskan|mengaku"
    r"|menambahkan|mengakui|menilai|mengingatkan|berdalih|menyatakan|katanya|ujarnya|tuturnya|jelasnya|ucapnya)\b",
    r"\b(?:istilah|sebutan|artinya|berarti|ialah|berasal dari|contoh|meniru|bahasa gaul|kata itu|disebut|dinamai"
    r"|dikenal|kamus|dahulu|dulu|seandainya|begitulah|seakan)\b",
    r"\b(?:antara lain|kata kunci|berisi\w*|bertulis\w+|tertulis|tulisan|bertajuk|bunyi\w*|berbunyi|isinya"
    r"|pesan (?:itu|singkat|berantai)|unggahan\w*|tangkapan layar|terpampang|tertempel)\b",
    r"\b(?:bupati|gubernur|wali kota|presiden|kepala (?:dinas|desa|sekolah|badan|bidang)|kades|lurah|bendesa|direktur"
    r"|ketua|rektor|juru bicara|humas|manajer|dprd?|dinas|pemkot|pemkab|pemprov|pemerintah|parlemen|negara|desa"
    r"|anggota (?:dewan|komisi))\b",
    r"\b(?:peneliti|pakar|pengamat|survei|riset|penelitian|mahasiswa|dosen|responden|ahli|ekonom|analis|simulasi"
    r"|matematika|insinyur|rata rata|jurnal|tercatat|mencatat)\b",
    r"\b(?:miliar|triliun|dolar|euro|poundsterling|yuan|persen pemain)\b",
    r"\b(?:istriku|suamiku|warga|warganet|keluarga|istri|suami\w*|anak\w*|ibu|orang tua|siswa|pelajar|remaja|karyawan"
    r"|buruh|guru|tetangga|pedagang|tukang|petani|sang kakak|adik)\b",
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) \(\d|\(\d\d? ?/ ?\d|\b(?:pada|tahun|akhir|awal) (?:19"
    r"|20)\d\d\b|\b(?:tahun lalu|bulan lalu|pekan lalu|pekan ini|pekan depan|kuartal|triwulan|semester)\b",
    r"\b(?:film\w*|novel|adegan|sutradara|tokoh|pengarang|babak|penonton|kritikus|museum|kolektor|pameran|buku ini"
    r"|cerpen|lagu|ulasan)\b",
    r"\b(?:turis|wisatawan|pengunjung|tamu|jemaah|pembaca|redaksi|narasumber|kontrak|sponsor|pemesan)\b",
    r"\b(?:pelatih|suporter|laga|klub|striker|kapten|atlet|timnas|musim (?:ini|depan|lalu)|kandang|bertandang|juara)\b",
    r"\b(?:investor|saham|emiten|bursa|indeks|perdagangan|dividen|panen|per kilogram|harga (?:cabai|emas|minyak))\b",
    r"\b(?:gim|penerbit|pengembang|konsol|grafis\w*)\b",
    r"\b(?:kita|bandar (?:me\w+|lokal|itu|kecil|togel gelap)|para pemain|pemain \w+ (?:percaya|yakin|lupa))\b",
)


def _weigh(passage: Tally) -> float:
    doubts, news = passage.doubts + passage.doubts_elsewhere, passage.news + passage.news_elsewhere
    reported = passage.doubts_elsewhere > 0 and 2 * doubts + news >= 4
    # jargon alone may come from a reporter who explains it, unless hardly anything else is said
    listed = 0.0 if reported or passage.goods < 3 else max(0.0, passage.goods - passage.words / 4)
    # reports that name a brand tell what is wrong with it
    named = passage.brand and not doubts and (passage.goods > 1 or passage.calls or passage.offers > 1)
    said = 2 * (passage.calls + named) + passage.offers
    goods = min(passage.goods * (0.5 if reported else 1.0), 1 + 2 * said, 4) + 2 * listed
    points = (
        goods
        + said
        + min(passage.praise / 2, 1.5 if doubts or passage.news else 3)
        - 1.5 * passage.doubts
        - passage.news
    )
    # who calls twice without a word of doubt was put there by somebody else
    put = passage.calls > 1 and not passage.doubts + passage.news
    points -= (0.5 if put else 1.0) * (min(1.25 * passage.doubts_elsewhere, 5) + min(passage.news_elsewhere / 2, 2))
    # who is surrounded by reporters and calls nobody is one of them
    return points if passage.calls or not reported else min(points, 2.0)


WORDS = Words(
    kind="gambling",
    goods=_GOODS,
    least_goods=1,
    calls=_CALLS,
    least_calls=0,
    offers=_OFFERS,
    praise=_PRAISE,
    doubts=_DOUBTS,
    news=_NEWS,
    trade=_TRADE,
    brand=_BRAND,
    subject=rf"{_TRADE}|\b(?:slots?|judi|gacor|scatter|jackpot|deposit|kasino|bandar judi)\b",
    person=r"\b(?:saya|aku|anda|kamu)\b",
    weigh=_weigh,
)
