// What the bundler makes: addresses of files, what they are checked by (web/dev/digests.mjs), and the examples of
// tests/go/run (web/dev/examples.mjs) in the order of the menu.
declare module '*?url' {
  const url: string;
  export default url;
}

interface ImportMeta {
  /** Of the files that a pattern matches, by path. */
  glob<T>(pattern: string, options: { query: string; import: string; eager: true }): Record<string, T>;
}

declare module 'virtual:digests' {
  /** SHA-256 in hexadecimal, by the names of files of build/engine. */
  export const digests: Readonly<Record<string, string>>;
}

declare module 'virtual:examples' {
  export interface Example {
    /** The file's name without `.go`. */
    name: string;
    /** The book's section, "3.2.1". */
    section: string;
    group: string;
    title: string;
    source: string;
  }
  export const examples: readonly Example[];
}
