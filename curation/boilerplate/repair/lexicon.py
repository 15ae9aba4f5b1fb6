"""The common words of Indonesian news: what a word that was glued to another may be."""

from __future__ import annotations

_WORDS = """
    acara ada adalah adanya agar agenda ahli air ajang akan akhir akhirnya akibat akrab akses aksi aktif aktivitas
    aku akun alam alasan alat alias aman anak anaknya ancaman anggaran anggota angin angka antara antaranya apa
    apabila apakah apalagi apapun api aplikasi apresiasi arah area artikel artinya arus asal asap asing asli aspek
    atas atau ataupun aturan awak awal awalnya ayat babak badan bagaimana bagi bagian bagus bahan bahasa bahkan
    bahwa baik bakal balik bandara banget bangsa bangunan bank bantuan banyak banyaknya barang barat baru batas
    bawah beban bebas beberapa begitu bekerja belajar belakang beli beliau belum benar bencana bentuk berada beragam
    berakhir berangkat berani berapa berarti berasal berat berbagai berbagi berbahaya berbasis berbeda berbicara
    berdampak berdasarkan berdiri beredar berencana berfungsi bergabung bergerak berharap berhasil berhenti berikut
    berikutnya berinisial berisi berita berjalan berjuang berjudul berkaitan berkat berkelanjutan berkembang
    berkomitmen berkontribusi berkoordinasi berlaku berlangsung berlanjut bermain bermanfaat bermula bernama
    beroperasi berperan berpikir berpotensi bersaing bersama bersamaan bersih bertahan bertajuk bertambah
    bertanggung bertemu bertugas bertujuan berubah berupa berupaya berusaha berusia berwarna besar beserta biasa
    biasanya biaya bicara bidang bikin bila bilang bintang bisa bisnis bola boleh buah buat buatan budaya buka bukan
    bukanlah bukti bulan bumi buruk butuh calon cara caranya catatan cenderung cepat cerita cinta coba cocok contoh
    cuaca cukup cuma daerah daftar dahulu dalam dampak dan dana dapat darah dari daripada dasar data datang daya
    dekat delapan demi demikian dengan depan depannya desa desain detail dewasa di dia diajukan dialami diamankan
    diambil dianggap diatur dibagikan dibanding dibandingkan dibangun dibawa diberi diberikan dibuat dibuka
    dibutuhkan diduga didukung digelar digunakan dihadiri diharapkan dihimpun dihubungi diikuti dijadikan
    dijadwalkan dijelaskan dijual dikabarkan dikatakan dikeluarkan dikenakan dikenal diketahui diklaim dikonfirmasi
    dikutip dilaksanakan dilakukan dilanjutkan dilansir dilaporkan dilengkapi dilihat diluncurkan dimiliki diminta
    dimulai dini dinilai dinyatakan dipakai dipastikan dipercaya diperkirakan diperlukan dipilih dipimpin dirancang
    dirasakan diri dirilis dirinya disampaikan disebabkan disebut disebutkan disertai diskusi ditambah ditangkap
    ditawarkan ditemui ditemukan diterapkan diterima ditetapkan ditutup diunggah diungkap dokter dokumen dua duduk
    dugaan dukungan dulu dunia efek efektif efisiensi ekonomi ekosistem elektronik empat enam energi enggak era
    fakta faktor fasilitas film final fisik fitur fokus foto fungsi gagal gambar gangguan gaya gedung gelar generasi
    gerakan global gratis guna guru habis hadir haji hak hakim hal halaman hampir hangat hanya harapan harga hari
    harus hasil hati hendak hiburan hidup hijau hilang hingga hitam hotel hubungan hujan hukum hukuman hutan ia
    ibadah ibu identitas ikut ilegal imbuhnya industri informasi infrastruktur ingin ini inilah inovasi insiden
    intensif internal internasional investasi istri istrinya isu itu itulah izin jabatan jadi jadwal jajaran jalan
    jalur jam jangan jangka jantung jarak jarang jaringan jasa jatuh jauh jawab jawaban jelas jelasnya jenis jika
    jiwa jual juara judul juga jumlah justru juta jutaan kabar kabupaten kaki kalah kalangan kalau kali kalian
    kalinya kamera kami kamu kanan kantor kapan kapasitas karakter karena karya kasih kasus kata katanya kategori
    kawasan ke keadaan keamanan kebakaran keberadaan kebijakan kebutuhan kecelakaan kecepatan kecil kedua keduanya
    keempat kegiatan kehadiran kehidupan kehilangan keinginan kejadian kekerasan kekuatan kelahiran kelas kelompok
    keluar keluarga keluarganya kemampuan kemarin kematian kembali kemenangan kementerian kemudian kemungkinan
    kenaikan kendaraan kepada kepala kepentingan kepercayaan kepolisian keputusan kerap keras kerja kerugian
    kerusakan kesehatan kesejahteraan keselamatan keseluruhan kesempatan kesepakatan kesulitan ketat ketentuan
    keterangan ketiga ketika keuangan keuntungan kewajiban khas khawatir khusus khususnya kilometer kinerja kini
    kiri kita klaim klasemen klik klub kolaborasi komentar komitmen kompetisi komunikasi komunitas kondisi
    konferensi konflik konsep konsumen konsumsi konten kontrak kontribusi koordinasi korban korupsi kota kualitas
    kuat kulit kunci kunjungan kurang kursi laga lagi lagu lahan lahir lain lainnya lakukan lalu lama laman lancar
    langkah langsung lanjut lanjutan lanjutnya lantaran lapangan laporan latihan laut lawan layak layanan layar
    lebar lebih lembaga lengkap lepas level lewat lihat lima lingkungan lini lintas listrik lokal lokasi lolos luar
    luas luka lupa maaf mahasiswa main maju maka makan makanan makin maksimal malah malam mampu mana manajemen
    manfaat mantan manusia masa masalah masih masuk masyarakat mata mati mau maupun medis melainkan melaju
    melaksanakan melakukan melalui melanggar melanjutkan melaporkan melawan melayani melewati melibatkan melihat
    melindungi meliputi meluncurkan memahami memakai memanfaatkan memang memastikan memasuki membaca membagikan
    membahas membangun membantah membantu membawa membayar membeli membenarkan membentuk memberi memberikan membuat
    membuatnya membuka membuktikan membutuhkan memenangkan memenuhi memeriksa memicu memilih memiliki memimpin
    meminta memperbaiki memperkenalkan memperkuat memperoleh mempertahankan mempertimbangkan mempunyai memulai
    memungkinkan memutuskan menahan menambah menambahkan menampilkan menang menangani menangkap menargetkan menarik
    menawarkan mencakup mencapai mencari mencatat mencegah menceritakan mencetak menciptakan mencoba mendapat
    mendapatkan mendatang mendengar menderita mendorong mendukung menegaskan menekan menekankan menempati menemukan
    menengah menentukan menerapkan menerima menetapkan mengajak mengajukan mengakibatkan mengaku mengakui
    mengalahkan mengalami mengamankan mengambil mengancam mengandung menganggap mengapa mengapresiasi mengatakan
    mengatasi mengatur mengejutkan mengelola mengeluarkan mengembangkan mengenai mengenakan mengetahui mengganggu
    menggelar menggunakan menghabiskan menghadapi menghadiri menghadirkan menghasilkan menghentikan menghindari
    mengikuti mengimbau mengingat mengingatkan mengisi mengklaim mengubah mengucapkan mengumumkan mengundang
    mengunggah mengungkap mengungkapkan mengurangi menikmati menilai menimbulkan meninggal meninggalkan meningkat
    meningkatkan menit menjabat menjadi menjadikan menjaga menjalani menjalankan menjawab menjelang menjelaskan
    menjual menolak menteri menuai menuju menunggu menunjukkan menurunkan menurut menutup menuturkan menyadari
    menyambut menyampaikan menyatakan menyebabkan menyebut menyebutkan menyediakan menyelesaikan menyerang
    menyiapkan menyoroti menyusul merah meraih merasa merasakan merek mereka merilis merupakan merusak mesin meski
    meskipun meter miliar milik miliknya militer minggu minta minum minyak mirip misalnya mitra mobil modal model
    momen motor muda mudah mulai muncul mungkin murah musik musim naik nama namanya namun nanti nantinya narasi
    nasional negara negatif negeri nggak nilai nomor normal nyaman nyata olahraga oleh operasi operasional opsi
    orang organisasi otomatis pada pagi pajak pakai paling panas panggung panjang para parah partai pasal pasangan
    pasar pasti pegawai pejabat pekan pekerja pekerjaan pelaksanaan pelaku pelanggan pelanggaran pelatih pelayanan
    peluang peluncuran pemain pembangunan pembayaran pembelian pemberian pemeriksaan pemerintah pemerintahan
    pemilihan pemilik pemimpin penampilan penanganan pendaftaran pendapatan pendek pendidikan penduduk pendukung
    penelitian penerbangan pengalaman pengawasan pengelolaan pengembangan pengganti penggemar pengguna penggunaan
    penghargaan pengunjung pengusaha peningkatan penjara penjelasan penjualan penonton penting pentingnya penuh
    penumpang penurunan penyakit penyebab penyelidikan peran peranakan perang perangkat peraturan perawatan
    perbaikan perbedaan percaya perdagangan perdana perempuan performa pergi perhatian peringatan peringkat periode
    peristiwa perjalanan perkara perkembangan perlindungan perlu permainan permasalahan permintaan pernah pernyataan
    pers persaingan persen persoalan personel pertama pertandingan pertanyaan pertemuan pertumbuhan perubahan
    perusahaan perwakilan pesan pesawat peserta petugas pidana pihak pihaknya pilihan pimpinan pintu platform poin
    pola polisi politik ponsel populer posisi positif potensi presiden pria pribadi prioritas produk produksi
    profesional program proses provinsi proyek publik pukul pula pulang puluhan pun puncak pungkasnya punya pusat
    putih putra rakyat ramah ramai rangka rangkaian rapat rasa ratusan regulasi rekan rencana rendah resmi revisi
    ribu ribuan ringan riset risiko ruang ruangan rumah rusak rutin saat sadar saja sakit saksi salah saling sama
    sambil sambungnya sampai samping sana sang sangat sanksi satu satunya saya sebab sebagai sebagaimana sebagian
    sebaiknya sebanyak sebelum sebelumnya sebenarnya sebesar sebuah secara sedang sedangkan sederhana sedikit segala
    segera segmen sehari seharusnya sehat sehingga seiring sejak sejarah sejauh sejumlah sekadar sekali sekaligus
    sekarang sekira sekitar sekitarnya sekolah sektor selain selaku selalu selama selamat selanjutnya selatan
    selesai seluruh semakin semangat sembilan sementara sempat semua semuanya senang sendiri sengaja senilai senior
    senjata seorang sepak sepakat sepanjang sepeda sepenuhnya seperti serangan seri sering serius serta serupa
    seseorang sesi sesuai sesuatu setara setelah setempat setengah setiap setidaknya seusai siang siap siapa sidang
    signifikan sikap singkat sini sisi sistem siswa situasi situs skor soal solusi sore sorotan sosial sosok stabil
    standar status strategi strategis studi suami suara suasana suatu sudah suka sukses sulit sumber supaya surat
    swasta syarat tadi tahan tahap tahu tahun tajam tak takut tambah tambahan tambahnya tampak tampil tamu tanah
    tanda tangan tangga tanggal tanggung tanpa tantangan tapi target tarif tata tayang tegas tegasnya tekanan teknis
    teknologi telah telepon teman tempat tenaga tenang tengah tentang tentu tentunya tepat tepatnya terakhir terang
    terasa terbaik terbakar terbaru terbatas terbesar terbuka terbukti tercatat terdampak terdapat terdiri
    tergantung terhadap terima terjadi terkait terkena terkenal terlalu terlebih terletak terlibat terlihat termasuk
    ternyata terpaksa terpilih terpisah tersangka tersebut tersedia tertentu tertinggi tertulis terus terutama tetap
    tetapi tewas tiap tiba tidak tidur tiga tiket tim tindak tindakan tinggal tinggi tingkat titik tokoh total
    transaksi transfer transportasi tren triliun tua tuan tubuh tugas tujuan tujuh tulis tumbuh turun turut tutup
    tutur tuturnya ucap ucapnya udara ujar ujarnya uji ulang umum umumnya unggahan unggul ungkap ungkapnya unik unit
    untuk upaya urusan usaha usai usia utama varian versi viral wajah wajib wakil waktu wanita warga warna wartawan
    wilayah wisata wisatawan yaitu yakin yakni yang zona
"""

#: counted in news of many sites, without names, numbers and what no glued word should be split off (*detikJatim*)
COMMON_WORDS = frozenset(_WORDS.split())
