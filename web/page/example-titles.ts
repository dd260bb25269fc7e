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
};
