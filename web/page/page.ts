// <mill-page>: the playground. Draws the session, the reader's settings and notices; everything that happens goes through
// the controller. It lives in the document itself, not in a shadow, and is styled by styles.css.
import { LitElement, html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { type Example, examples } from 'virtual:examples';
import type { MillEditor } from '../elements/code-editor.ts';
import '../elements/define.ts';
import type { MenuGroup } from '../elements/menu.ts';
import type { MillOutput } from '../elements/output-view.ts';
import type { MillWorkers } from '../elements/workers-lever.ts';
import { placeOf, type Diagnostic } from '../host/compiler.ts';
import type { Backend } from './backend.ts';
import { Controller, programName, readsInput } from './controller.ts';
import { type Language, type Messages, duration, messagesIn, preferredLanguage } from './dictionary.ts';
import { japaneseTitles } from './example-titles.ts';
import { formatProgram, type FormatReply, type FormatState } from './formatting.ts';
import { busy, type Session } from './session.ts';
import { BadLink, decodeFragment, encodeFragment } from './share.ts';
import { bringBack, replacing, Store, type Kept } from './store.ts';

/** The lever reaches this far on every machine, and further where there are more cores. */
const leverReach = 16;
const mostWorkers = 63;
const saveDelayMs = 300;
/** What programs may be given; the last is all that a memory of theirs can have. */
const memoryChoicesMiB = [64, 128, 256, 512, 1024, 2048, 4095];

type Notice =
  | { kind: 'linkCopied' | 'shareFailed' | 'linkDamaged' | 'linkTooLong' }
  | { kind: 'linkToCopy'; link: string }
  | { kind: 'linkOpened' | 'replaced'; canBringBack: boolean };

export class MillPage extends LitElement {
  static override properties = {
    session: { state: true },
    language: { state: true },
    theme: { state: true },
    notice: { state: true },
    programProcs: { state: true },
    runningMs: { state: true },
    takesInput: { state: true },
    problems: { state: true },
    formatState: { state: true },
    formatsOnRun: { state: true },
    memoryMiB: { state: true },
  };
  declare session: Session;
  declare language: Language;
  declare theme: 'light' | 'dark' | null;
  declare notice: Notice | null;
  /** GOMAXPROCS of the running program, when it is not what the lever says. */
  declare programProcs: number | null;
  declare runningMs: number;
  /** The program in the editor looks as if it read standard input. */
  declare takesInput: boolean;
  /** What is wrong with the program, as the compiler says or the formatter. */
  declare problems: readonly Diagnostic[];
  declare formatState: FormatState | null;
  declare formatsOnRun: boolean;
  declare memoryMiB: number;

  readonly #backend: Backend;
  readonly #controller: Controller;
  readonly #store = new Store(() => localStorage);
  readonly #editor = createRef<MillEditor>();
  readonly #output = createRef<MillOutput>();
  readonly #cores = Math.min(Math.max(navigator.hardwareConcurrency || 1, 1), mostWorkers);
  #kept: Kept;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #tickTimer: ReturnType<typeof setInterval> | undefined;
  #startedAt = 0;
  #formatFaults: readonly Diagnostic[] | null = null;

  constructor(backend: Backend) {
    super();
    const settings = this.#store.settings();
    this.language = settings.language ?? preferredLanguage(navigator.languages);
    this.theme = settings.theme ?? null;
    this.notice = null;
    this.programProcs = null;
    this.runningMs = 0;
    this.takesInput = false;
    this.problems = [];
    this.formatState = null;
    this.formatsOnRun = settings.formatsOnRun ?? false;
    this.#kept = this.#store.keptOrNull() ?? { program: firstProgram(), edited: false, replaced: null };
    this.#backend = backend;
    const procs = backend.mode === 'single' ? 1 : Math.min(settings.procs ?? this.#cores, this.#leverMax);
    this.#controller = new Controller(
      backend,
      {
        readied: (source) => this.#readied(source),
        changed: (session) => this.#changed(session),
        clearOutput: () => this.#output.value!.clear(),
        output: (stream, bytes) => this.#output.value!.write(stream, bytes),
        endOutput: () => this.#output.value!.end(),
      },
      procs,
    );
    this.session = this.#controller.session;
    const { memoryMiB = backend.usualMemoryMiB } = settings;
    this.#giveMemory(memoryChoicesMiB.includes(memoryMiB) ? memoryMiB : backend.usualMemoryMiB);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#openLink);
    addEventListener('pagehide', this.#save);
    addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#openLink);
    removeEventListener('pagehide', this.#save);
    removeEventListener('keydown', this.#keyPressed);
    clearInterval(this.#tickTimer);
    this.#controller.stop();
  }

  protected override firstUpdated(): void {
    this.#editor.value!.start(this.#kept.program);
    this.takesInput = readsInput(this.#kept.program);
    void this.#openLink();
    // Downloads begin now, so that the first Run finds everything warm; what goes wrong is told then.
    this.#backend.prepare(this.session.procs).catch(() => {});
  }

  protected override updated(): void {
    document.documentElement.lang = this.language;
    document.title = this.#messages.title;
    if (this.theme) document.documentElement.dataset.theme = this.theme;
    else delete document.documentElement.dataset.theme;
  }

  get #messages(): Messages {
    return messagesIn(this.language);
  }

  get #leverMax(): number {
    return this.#backend.mode === 'single' ? 1 : Math.max(leverReach, this.#cores);
  }

  // ------------------------------------------------------------------------------------------------------ running

  #run(): void {
    this.#save();
    this.notice = null;
    this.#controller.run(this.#editor.value!.value);
  }

  /** These keys work everywhere on the page; of Ctrl/Cmd+Enter the editor tells its own. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    const isRun = event.key === 'Enter' && (ctrlKey || metaKey);
    // By its place on the keyboard: with Alt it types another letter on some systems.
    const isFormat = event.code === 'KeyF' && shiftKey && altKey && !ctrlKey && !metaKey;
    if ((!isRun && !isFormat) || event.defaultPrevented) return;
    event.preventDefault();
    if (isRun) this.#run();
    else void this.#format();
  };

  #changed(session: Session): void {
    const before = this.session;
    this.session = session;
    if (session.phase === before.phase) return;
    clearInterval(this.#tickTimer);
    this.programProcs = null;
    if (session.phase === 'running') {
      this.#startedAt = performance.now();
      this.runningMs = 0;
      this.#tickTimer = setInterval(() => this.#tick(), 200);
    }
    const { outcome } = session;
    if (session.phase === 'preparing') {
      this.#tell([]);
      this.#forgetFormat();
    }
    if (outcome?.kind === 'rejected') this.#tell(outcome.diagnostics);
  }

  #tell(problems: readonly Diagnostic[]): void {
    this.problems = problems;
    this.#editor.value!.diagnostics = problems.filter(({ line }) => line > 0);
  }

  #tick(): void {
    this.runningMs = performance.now() - this.#startedAt;
    const procs = this.#controller.programProcs;
    this.programProcs = procs !== this.session.procs ? procs : null;
  }

  #setProcs(procs: number): void {
    this.#controller.setProcs(procs);
    this.#store.set({ procs });
  }

  // ------------------------------------------------------------------------------------------------------ formatting

  async #format(): Promise<void> {
    if (this.formatState?.kind === 'underWay') return;
    this.formatState = { kind: 'underWay' };
    const source = this.#editor.value!.value;
    let state: FormatState;
    try {
      state = this.#taken(source, await this.#formatted(source));
    } catch (error) {
      state = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
    this.formatState = state;
  }

  #formatted(source: string): Promise<FormatReply> {
    return formatProgram(source, programName, (files) => this.#backend.format(files));
  }

  /** What the reader has changed meanwhile is theirs. */
  #taken(source: string, reply: FormatReply): FormatState {
    const editor = this.#editor.value!;
    if (editor.value !== source) return { kind: 'overtaken' };
    if (!reply.ok) {
      this.#tell((this.#formatFaults = reply.diagnostics));
      return { kind: 'faulty', faults: reply.diagnostics.length };
    }
    if (this.problems === this.#formatFaults) this.#tell([]);
    editor.rewrite(reply.text);
    return { kind: reply.text === source ? 'unchanged' : 'done' };
  }

  /** What was said of it is about another text, or has been read. */
  #forgetFormat(): void {
    if (this.formatState?.kind !== 'underWay') this.formatState = null;
  }

  /** Of what cannot be formatted the compiler tells. */
  async #readied(source: string): Promise<string> {
    if (!this.formatsOnRun) return source;
    try {
      const reply = await this.#formatted(source);
      if (reply.ok && this.#taken(source, reply).kind !== 'overtaken') return reply.text;
    } catch (error) {
      this.formatState = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
    return source;
  }

  #setFormatsOnRun(formatsOnRun: boolean): void {
    this.formatsOnRun = formatsOnRun;
    this.#store.set({ formatsOnRun });
  }

  /** To the next run; the one under way keeps what it has. */
  #giveMemory(memoryMiB: number): void {
    this.memoryMiB = this.#controller.memoryMiB = memoryMiB;
  }

  #setMemory(memoryMiB: number): void {
    this.#giveMemory(memoryMiB);
    this.#store.set({ memoryMiB });
  }

  // --------------------------------------------------------------------------------------------- the reader's program

  #edited(): void {
    this.#kept = { ...this.#kept, edited: true };
    this.#forgetFormat();
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(this.#save, saveDelayMs);
  }

  readonly #save = (): void => {
    clearTimeout(this.#saveTimer);
    const program = this.#editor.value!.value;
    this.#kept = { ...this.#kept, program };
    this.takesInput = readsInput(program);
    this.#store.keep(this.#kept);
  };

  /** Shows another program; says how the one it replaces can be had back. */
  #show(kept: Kept, notice: Notice | null): void {
    this.#editor.value!.value = kept.program;
    this.#kept = kept; // after the editor's own change event
    this.#save();
    this.notice = notice;
  }

  #chooseExample(name: string): void {
    const example = examples.find((candidate) => candidate.name === name)!;
    this.#save();
    const { edited } = this.#kept;
    this.#show(replacing(this.#kept, example.source), edited ? { kind: 'replaced', canBringBack: true } : null);
    this.#editor.value!.focus();
  }

  #bringBack(): void {
    this.#save();
    this.#show(bringBack(this.#kept), null);
    this.#editor.value!.focus();
  }

  // ----------------------------------------------------------------------------------------------------------- links

  readonly #openLink = async (): Promise<void> => {
    const { hash } = location;
    try {
      const program = await decodeFragment(hash);
      if (program === null) return;
      this.#save();
      const kept = program === this.#kept.program ? this.#kept : replacing(this.#kept, program);
      this.#show(kept, { kind: 'linkOpened', canBringBack: kept.replaced !== null });
    } catch (error) {
      this.notice = { kind: error instanceof BadLink && error.tooLong ? 'linkTooLong' : 'linkDamaged' };
    }
    // From here on the program is the reader's: a reload must show what they made of it, not the link again.
    history.replaceState(null, '', location.pathname + location.search);
  };

  async #share(): Promise<void> {
    let link: string;
    try {
      const { origin, pathname } = location;
      link = origin + pathname + (await encodeFragment(this.#editor.value!.value));
    } catch {
      this.notice = { kind: 'shareFailed' };
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      this.notice = { kind: 'linkCopied' };
    } catch {
      this.notice = { kind: 'linkToCopy', link }; // no clipboard here, or it was refused
      await this.updateComplete;
      this.querySelector<HTMLInputElement>('.notice input')?.select();
    }
  }

  // -------------------------------------------------------------------------------------------------------- settings

  #toggleLanguage(): void {
    this.language = this.language === 'en' ? 'ja' : 'en';
    this.#store.set({ language: this.language });
  }

  get #dark(): boolean {
    return this.theme ? this.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  #toggleTheme(): void {
    this.theme = this.#dark ? 'light' : 'dark';
    this.#store.set({ theme: this.theme });
  }

  // ---------------------------------------------------------------------------------------------------------- drawing

  protected override render() {
    const text = this.#messages;
    return html`
      <header>
        <h1>${logo}<span>Millrace</span></h1>
        ${this.#renderControls(text)}
        <nav>
          ${examples.length > 0
            ? html`<mill-menu
                label=${text.examples}
                .groups=${menuGroups(examples, this.language)}
                @choose=${(event: CustomEvent<string>) => this.#chooseExample(event.detail)}
              ></mill-menu>`
            : nothing}
          <button class="plain" @click=${this.#share}>${text.share}</button>
          <button class="plain" lang=${this.language === 'en' ? 'ja' : 'en'} @click=${this.#toggleLanguage}>
            ${text.otherLanguage}
          </button>
          <button
            class="plain icon"
            aria-label=${this.#dark ? text.toLight : text.toDark}
            title=${this.#dark ? text.toLight : text.toDark}
            @click=${this.#toggleTheme}
          >
            ${themeIcon}
          </button>
        </nav>
      </header>
      <main>
        <div class="notices" role="status">${this.#renderNotice(text)}</div>
        <div class="source">
          <mill-editor
            ${ref(this.#editor)}
            label=${text.editor}
            hint=${text.editorHint}
            @change=${this.#edited}
            @run=${this.#run}
          ></mill-editor>
          ${this.#renderEditing(text)}
        </div>
        <div class="result">
          ${this.#renderProblems(text)}
          <mill-output
            ${ref(this.#output)}
            label=${text.output}
            droppedText=${text.outputDropped}
            emptyText=${this.session.phase === 'idle' ? text.welcome : ''}
          ></mill-output>
          ${this.takesInput
            ? html`<mill-input
                label=${text.input}
                hint=${text.inputHint}
                endText=${text.endInput}
                ?disabled=${this.session.phase !== 'running'}
                @lines=${(event: CustomEvent<string>) => this.#controller.writeInput(event.detail)}
                @end=${() => this.#controller.endInput()}
              ></mill-input>`
            : nothing}
          ${this.#renderStatus(text)}
        </div>
      </main>
    `;
  }

  #renderControls(text: Messages) {
    const single = this.#backend.mode === 'single';
    const { procs } = this.session;
    const caption =
      this.programProcs !== null
        ? text.workersInProgram(this.programProcs)
        : text.workersCaption(procs, this.#cores);
    return html`<div class="controls" role="group" aria-label=${text.controls}>
      <button class="run" title=${shortcut} @click=${this.#run}>${runIcon}${text.run}</button>
      <button class="stop" ?disabled=${!busy(this.session)} @click=${() => this.#controller.stop()}>
        ${stopIcon}${text.stop}
      </button>
      ${single
        ? html`<p class="badge"><strong>${text.oneWorker}</strong> <span>${text.oneWorkerWhy}</span></p>`
        : html`<mill-workers
            label=${text.workers}
            caption=${caption}
            .value=${procs}
            .max=${this.#leverMax}
            .cores=${this.#cores}
            @change=${(event: Event) => this.#setProcs((event.currentTarget as MillWorkers).value)}
          ></mill-workers>`}
    </div>`;
  }

  #renderEditing(text: Messages) {
    return html`<div class="editing" role="group" aria-label=${text.settings}>
      <button title=${formatShortcut} aria-keyshortcuts="Shift+Alt+F" @click=${this.#format}>${text.format}</button>
      <label>
        <input
          type="checkbox"
          .checked=${this.formatsOnRun}
          @change=${(event: Event) => this.#setFormatsOnRun((event.currentTarget as HTMLInputElement).checked)}
        />${text.formatOnRun}</label
      >
      <label>
        ${text.memory}
        <select class="memory" @change=${(event: Event) => this.#setMemory(Number((event.currentTarget as HTMLSelectElement).value))}>
          ${memoryChoicesMiB.map(
            (choice) => html`<option value=${choice} ?selected=${choice === this.memoryMiB}>${memorySize(choice)}</option>`,
          )}
        </select>
      </label>
      <p class="format-state" role="status">${this.formatState ? text.formatState(this.formatState) : ''}</p>
      <p class="leave-hint" aria-hidden="true">${text.leaveHint}</p>
    </div>`;
  }

  #renderNotice(text: Messages) {
    const { notice } = this;
    if (!notice) return nothing;
    return html`<div class="notice">
      <p>${text[notice.kind]}</p>
      ${notice.kind === 'linkToCopy'
        ? html`<input readonly aria-label=${text.linkToCopy} .value=${notice.link} />`
        : nothing}
      ${'canBringBack' in notice && notice.canBringBack
        ? html`<button class="plain" @click=${this.#bringBack}>${text.bringBack}</button>`
        : nothing}
      <button class="plain icon" aria-label=${text.dismiss} @click=${() => (this.notice = null)}>${closeIcon}</button>
    </div>`;
  }

  #renderProblems(text: Messages) {
    if (this.problems.length === 0) return nothing;
    return html`<ol class="problems" aria-label=${text.problems}>
      ${this.problems.map(
        (diagnostic) =>
          html`<li>
            <button @click=${() => this.#editor.value!.goTo(diagnostic)}
              ><span class="place">${placeOf(diagnostic).replace(/^\.\//, '')}</span> ${diagnostic.message}</button
            >
          </li>`,
      )}
    </ol>`;
  }

  #renderStatus(text: Messages) {
    const { session } = this;
    const { phase, outcome, times } = session;
    const state = phase === 'ended' ? text.outcome(outcome!) : text[phase];
    const failed = outcome !== null && (outcome.kind !== 'exited' ? outcome.kind !== 'stopped' : outcome.status !== 0);
    const parts = text.times(times);
    // The ticking time is for the eye only: a live region would read it out for ever.
    return html`<footer class="status ${phase} ${failed ? 'failed' : ''}">
      <p role="status"><i aria-hidden="true"></i><span class="state">${state}</span></p>
      <p class="times">
        ${parts.join(' · ')} ${phase === 'idle' ? text.runsWith(shortcut) : nothing}
        ${phase === 'running' || phase === 'stopping'
          ? html`<span aria-hidden="true">${parts.length > 0 ? '· ' : ''}${duration(this.runningMs)}</span>`
          : nothing}
      </p>
    </footer>`;
  }
}

const memorySize = (mebibytes: number): string => (mebibytes < 1024 ? `${mebibytes} MB` : `${Math.round(mebibytes / 1024)} GB`);

const firstProgram = (): string => examples[0]?.source ?? 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n';

function menuGroups(all: readonly Example[], language: Language): MenuGroup[] {
  const titled = (title: string) => (language === 'ja' ? (japaneseTitles[title] ?? title) : title);
  const groups = new Map<string, MenuGroup>();
  for (const { name, section, group, title } of all) {
    // A number without a part is no section of the book; it only orders the menu.
    const heading = section.includes('.') ? `${section} ${titled(group)}` : titled(group);
    if (!groups.has(heading)) groups.set(heading, { title: heading, items: [] });
    groups.get(heading)!.items.push({ id: name, title: titled(title) });
  }
  return [...groups.values()];
}

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);
const shortcut = isApple ? '⌘↵' : 'Ctrl+Enter';
const formatShortcut = isApple ? '⇧⌥F' : 'Shift+Alt+F';

// ------------------------------------------------------------------------------------------------------------ drawings

const logo = html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round">
    <path d="M2 7c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3S18.7 4 22 4" />
    <path d="M2 13.500c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3 3.4-3 6.7-3" />
    <path d="M2 20c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3 3.4-3 6.7-3" />
  </g>
</svg>`;
const runIcon = html`<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
  <path fill="currentColor" d="M2 .8v10.400L11 6z" />
</svg>`;
const stopIcon = html`<svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
  <rect fill="currentColor" x="1" y="1" width="10" height="10" rx="1.5" />
</svg>`;
const closeIcon = html`<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
  <path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" d="M2 2l8 8M10 2l-8 8" />
</svg>`;
const themeIcon = html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
  <path fill="currentColor" d="M8 1.800a6.2 6.2 0 0 1 0 12.400z" />
</svg>`;
