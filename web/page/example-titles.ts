// The examples' titles in Japanese, by their English ones. Examples themselves are the programs of tests/go/run whose first
// line is a header; a title that is missing here is shown in English, and a test names it.

export const japaneseTitles: Record<string, string> = {
  // groups, in the order of the book's chapter
  Goroutines: 'ゴルーチン',
  'The sync package': 'syncパッケージ',
  WaitGroup: 'WaitGroup',
  'Mutex and RWMutex': 'MutexとRWMutex',
  Cond: 'Cond',
  Once: 'Once',
  Pool: 'Pool',
  Channels: 'チャネル',
  'The select statement': 'select文',
  'The GOMAXPROCS lever': 'GOMAXPROCSレバー',
  'More Go': 'Goのそのほか',

  // 3.1
  'Fork and join': '分岐と合流（fork-join）',
  'One address space': '同じアドレス空間',
  'A panic that nobody recovers': '誰も回復しないパニック',
  'What a goroutine costs': 'ゴルーチンのコスト',
  'Main does not wait': 'mainは待たない',
  'Closures and loop variables': 'クロージャーとループ変数',
  'A panic stays in its goroutine': 'パニックをゴルーチンの中で止める',
  'Leaving by Goexit': 'Goexitで抜ける',
  'Ten thousand of them': '1万個のゴルーチン',
  'A stack that grows': '伸びるスタック',
  'One that never yields': '譲らないゴルーチン',

  // 3.2
  'All of it in one program': 'syncをひとまとめに',
  'Counting without locks': 'ロックなしで数える',
  'Wait for all of them': '全員を待つ',
  'The race is real': '本物のデータ競合',
  'A cache for many readers': '読み手の多いキャッシュ',
  'Dining philosophers': '食事する哲学者',
  'A queue with room for two': '2つ入る待ち行列',
  'One click, three handlers': '1回のクリック、3つのハンドラー',
  'Exactly once, and then for everybody': 'ちょうど1回、そして全員に',
  'Two that wait for each other': '互いに待ち合うOnce',
  'Borrow and give back': '借りて、返す',

  // 3.3
  'Ownership, range, close, and a sieve': '所有権、range、close、そして素数のふるい',
  'A deadlock': 'デッドロック',
  'A rendezvous': '待ち合わせ',
  'Buffers, len and cap': 'バッファー、len、cap',
  'Closing wakes everybody': '閉じると全員が起きる',
  'A pipeline': 'パイプライン',
  'Fan out, fan in': 'ファンアウト、ファンイン',
  'A semaphore': 'セマフォ',
  'A pool of workers': 'ワーカープール',
  'A goroutine that owns a map': 'マップを所有するゴルーチン',
  'Merge sort in parallel': '並列マージソート',

  // 3.4
  'Fairness, timeouts, default': '公平さ、タイムアウト、default',
  'Not for ever': 'いつまでも待たない',
  'Switching cases off': 'nilチャネルでcaseを止める',
  'Whichever comes first': '早い者勝ち（orチャネル）',
  'Ticks until enough': '必要なだけティック',
  'Cancelling a tree': '木をまるごとキャンセル',
  'Tee and bridge': 'teeとbridge',

  // 3.5
  'Counting primes in parallel': '素数を並列に数える',
  'A generic parallel map': 'ジェネリックな並列map',
  'Mandelbrot by rows': '行ごとのマンデルブロ集合',
  'The game of life': 'ライフゲーム',
  'Multiplying matrices': '行列の積',
  'What Amdahl says': 'アムダールの法則',

  // more Go
  'Closures and deferred calls': 'クロージャーとdefer',
  'Interfaces and embedding': 'インターフェースと埋め込み',
  'Generic types': 'ジェネリックな型',
  'Ranging over functions': '関数に対するrange',
  'Slices and maps': 'スライスとマップ',
  'Strings, bytes and runes': '文字列、バイト、ルーン',
  'Errors that wrap errors': 'エラーを包むエラー',
  'Printing with verbs': '書式を指定して出力',
  'Constants, iota and bits': '定数、iota、ビット',
  'Loops, labels and switches': 'ループ、ラベル、switch',
  'Methods as values': '値としてのメソッド',
  'Reading input': '入力を読む',
  'A panic with a trace': 'トレース付きのパニック',
  'Panics in deferred calls': 'deferの中のパニック',
  'Random numbers that repeat': '同じ列になる乱数',
};
