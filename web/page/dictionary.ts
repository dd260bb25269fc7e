// Everything the page says, in each of its languages. English is the model: another language must say all of it.
import type { FormatState } from './formatting.ts';
import type { Outcome, Times } from './session.ts';

export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

const english = {
  title: 'Millrace: Go in parallel, in your browser',
  run: 'Run',
  stop: 'Stop',
  format: 'Format',
  formatOnRun: 'Format on Run',
  memory: 'Memory',
  settings: 'Settings',
  formatState(state: FormatState): string {
    switch (state.kind) {
      case 'underWay':
        return 'Formatting…';
      case 'done':
        return 'Formatted';
      case 'unchanged':
        return 'Is formatted';
      case 'faulty':
        return `Not formatted: ${count(state.faults, 'error')}`;
      case 'overtaken':
        return 'Not formatted: the text was changed meanwhile';
      case 'failed':
        return `Not formatted: ${state.message}`;
    }
  },
  share: 'Share',
  examples: 'Examples',
  dismiss: 'Dismiss',
  toDark: 'Switch to dark colours',
  toLight: 'Switch to light colours',
  otherLanguage: '日本語',
  editor: 'Go program',
  editorHint: 'Tab indents. Escape, then Tab leaves the editor.',
  leaveHint: 'Esc leaves the editor',
  output: 'Output',
  welcome:
    'Press Run: the program is compiled here in your browser, and its goroutines run in parallel on as many workers as ' +
    'you set. Nothing is sent anywhere.',
  runsWith: (keys: string) => `${keys} runs`,
  outputDropped: '… earlier output dropped',
  problems: 'Errors',
  problem: (line: number) => `Line ${line}`,
  input: 'Input',
  inputHint: 'Enter hands a line to the program',
  endInput: 'End input',
  controls: 'Run',
  workers: 'Workers',
  workersCaption: (procs: number, cores: number) =>
    procs > cores ? `more than the ${count(cores, 'core')} here` : `of ${count(cores, 'core')}`,
  workersInProgram: (procs: number) => `the program set ${procs}`,
  oneWorker: 'One worker only',
  oneWorkerWhy: 'This page is not cross-origin isolated, so the browser gives it no shared memory.',
  idle: 'Ready',
  preparing: 'Loading compiler and engine…',
  compiling: 'Compiling…',
  running: 'Running',
  stopping: 'Stopping…',
  outcome(outcome: Outcome): string {
    switch (outcome.kind) {
      case 'exited':
        return `Exit status ${outcome.status}`;
      case 'rejected':
        return count(outcome.diagnostics.length, 'error');
      case 'stopped':
        return 'Stopped';
      case 'fault':
        return `Millrace failed: ${outcome.message}`;
    }
  },
  times({ compile, start, firstOutput, run }: Times): string[] {
    const parts = [];
    if (compile !== undefined) parts.push(`compile ${duration(compile)}`);
    if (start !== undefined) parts.push(`start ${duration(start)}`);
    if (firstOutput !== undefined) parts.push(`first output ${duration(firstOutput)}`);
    if (run !== undefined) parts.push(`run ${duration(run)}`);
    return parts;
  },
  linkCopied: 'Link copied. It holds the whole program; nothing was sent anywhere.',
  linkToCopy: 'Copy this link:',
  shareFailed: 'This program could not be put into a link.',
  linkOpened: 'This program came with a link. It runs when you press Run.',
  linkDamaged: 'The link is damaged: the program in it cannot be read. Your own program is untouched.',
  linkTooLong: 'The program in the link is too long. Your own program is untouched.',
  replaced: 'Your program made room for this one.',
  bringBack: 'Bring mine back',
};

export type Messages = typeof english;

const japanese: Messages = {
  title: 'Millrace：ブラウザの中で並列に動くGo',
  run: '実行',
  stop: '停止',
  format: '整形',
  formatOnRun: '実行時に整形',
  memory: 'メモリー',
  settings: '設定',
  formatState(state) {
    switch (state.kind) {
      case 'underWay':
        return '整形中…';
      case 'done':
        return '整形しました';
      case 'unchanged':
        return '整形済みです';
      case 'faulty':
        return `整形できません：エラー${state.faults}件`;
      case 'overtaken':
        return '整形しませんでした：途中で編集されました';
      case 'failed':
        return `整形できません：${state.message}`;
    }
  },
  share: '共有',
  examples: 'サンプル',
  dismiss: '閉じる',
  toDark: '暗い配色に切り替える',
  toLight: '明るい配色に切り替える',
  otherLanguage: 'English',
  editor: 'Goのプログラム',
  editorHint: 'Tabで字下げ。Escの後にTabでエディターを離れます。',
  leaveHint: 'Escでエディターを離れる',
  output: '出力',
  welcome:
    '「実行」を押すと、プログラムはこのブラウザの中でコンパイルされ、ゴルーチンは指定した数のワーカーで並列に動きます。' +
    'どこにも送信されません。',
  runsWith: (keys) => `${keys}で実行`,
  outputDropped: '… これより前の出力は省かれました',
  problems: 'エラー',
  problem: (line) => `${line}行目`,
  input: '入力',
  inputHint: 'Enterで1行をプログラムに渡します',
  endInput: '入力を終える',
  controls: '実行',
  workers: 'ワーカー',
  workersCaption: (procs, cores) => (procs > cores ? `コア数${cores}より多い` : `／${cores}コア`),
  workersInProgram: (procs) => `プログラムが${procs}に変更`,
  oneWorker: 'ワーカーは1つだけ',
  oneWorkerWhy: 'このページはクロスオリジン分離されていないため、共有メモリを使えません。',
  idle: '準備完了',
  preparing: 'コンパイラーと実行エンジンを読み込み中…',
  compiling: 'コンパイル中…',
  running: '実行中',
  stopping: '停止中…',
  outcome(outcome) {
    switch (outcome.kind) {
      case 'exited':
        return `終了ステータス ${outcome.status}`;
      case 'rejected':
        return `エラー${outcome.diagnostics.length}件`;
      case 'stopped':
        return '停止しました';
      case 'fault':
        return `Millraceの障害：${outcome.message}`;
    }
  },
  times({ compile, start, firstOutput, run }) {
    const parts = [];
    if (compile !== undefined) parts.push(`コンパイル ${duration(compile)}`);
    if (start !== undefined) parts.push(`起動 ${duration(start)}`);
    if (firstOutput !== undefined) parts.push(`最初の出力 ${duration(firstOutput)}`);
    if (run !== undefined) parts.push(`実行 ${duration(run)}`);
    return parts;
  },
  linkCopied: 'リンクをコピーしました。プログラム全体がリンクに入っており、どこにも送信されません。',
  linkToCopy: 'このリンクをコピーしてください：',
  shareFailed: 'このプログラムはリンクにできませんでした。',
  linkOpened: 'リンクのプログラムを開きました。「実行」を押すまで動きません。',
  linkDamaged: 'リンクが壊れていて、プログラムを読めません。元のプログラムはそのままです。',
  linkTooLong: 'リンクのプログラムが長すぎます。元のプログラムはそのままです。',
  replaced: 'このプログラムに入れ替えました。',
  bringBack: '元に戻す',
};

const dictionary: Record<Language, Messages> = { en: english, ja: japanese };

export const messagesIn = (language: Language): Messages => dictionary[language];

/** The first of the reader's languages that the page speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languages.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (language) return language;
  }
  return 'en';
}

/** "12 ms", "1.24 s" */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
