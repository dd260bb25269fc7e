// What outlives a reload: the program, the one it replaced, and the reader's settings. A browser that keeps nothing
// (private windows, full storage) loses only that.
import type { Language } from './dictionary.ts';

export interface Kept {
  program: string;
  /** The reader has typed in it: worth keeping when another takes its place. */
  edited: boolean;
  /** The reader's program that an example or a link replaced. */
  replaced: string | null;
}

export interface Settings {
  language?: Language;
  theme?: 'light' | 'dark';
  procs?: number;
  formatsOnRun?: boolean;
  memoryMiB?: number;
}

const programKey = 'millrace.program';
const settingsKey = 'millrace.settings';

export class Store {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;

  constructor(storage: () => Pick<Storage, 'getItem' | 'setItem'>) {
    try {
      this.#storage = storage(); // the mere access may be refused
    } catch {
      this.#storage = null;
    }
  }

  keptOrNull(): Kept | null {
    const kept = this.#read(programKey);
    if (typeof kept?.program !== 'string') return null;
    return {
      program: kept.program,
      edited: kept.edited === true,
      replaced: typeof kept.replaced === 'string' ? kept.replaced : null,
    };
  }

  keep(kept: Kept): void {
    this.#write(programKey, kept);
  }

  settings(): Settings {
    const { language, theme, procs, formatsOnRun, memoryMiB } = this.#read(settingsKey) ?? {};
    return {
      ...(language === 'en' || language === 'ja' ? { language } : {}),
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
      ...(typeof procs === 'number' && Number.isInteger(procs) && procs >= 1 ? { procs } : {}),
      ...(typeof formatsOnRun === 'boolean' ? { formatsOnRun } : {}),
      ...(typeof memoryMiB === 'number' && Number.isInteger(memoryMiB) && memoryMiB >= 16 ? { memoryMiB } : {}),
    };
  }

  set(settings: Settings): void {
    this.#write(settingsKey, { ...this.settings(), ...settings });
  }

  #read(key: string): Record<string, unknown> | null {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(key) ?? 'null');
      return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: unknown): void {
    try {
      this.#storage?.setItem(key, JSON.stringify(value));
    } catch {
      // Full: the page goes on without.
    }
  }
}

/** What is kept when `program` takes the place of `kept`'s: the reader's own is never lost. */
export function replacing(kept: Kept, program: string): Kept {
  return { program, edited: false, replaced: kept.edited ? kept.program : kept.replaced };
}

/** The reader takes the replaced program back; the present one waits in its place if it was the reader's too. */
export function bringBack(kept: Kept): Kept {
  if (kept.replaced === null) return kept;
  return { program: kept.replaced, edited: true, replaced: kept.edited ? kept.program : null };
}
