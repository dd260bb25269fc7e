// <mill-output>: what a program prints, as it comes. Writing is cheap and never lays anything out; the text is put into the
// document once per animation frame, and less often when that takes long, so a program that prints for ever leaves the
// page responsive. Only the last part is kept (output-buffer.ts).
//
//   label        what screen readers call the region
//   droppedText  shown above the rest when the beginning has been given up
//   emptyText    shown while nothing has been printed
import { LitElement, css, html } from 'lit';
import { OutputBuffer, type Stream } from './output-buffer.ts';

/** After a frame that took t ms to draw, drawing rests for this many times t. */
const restFactor = 4;

export class MillOutput extends LitElement {
  static override properties = {
    label: {},
    droppedText: {},
    emptyText: {},
    empty: { state: true },
    dropped: { state: true },
  };
  declare label: string;
  declare droppedText: string;
  declare emptyText: string;
  declare empty: boolean;
  declare dropped: boolean;

  readonly #buffer = new OutputBuffer();
  readonly #text = document.createElement('pre');
  /** The spans in #text, for the pieces #firstShown, #firstShown + 1, ... */
  #firstShown = 0;
  /** The view stays at the end, unless the reader has scrolled away from it. */
  #follows = true;
  #frame = 0;
  #restUntil = 0;

  constructor() {
    super();
    this.label = this.droppedText = this.emptyText = '';
    this.empty = true;
    this.dropped = false;
  }

  write(stream: Stream, bytes: Uint8Array): void {
    this.#buffer.append(stream, bytes);
    this.#schedule();
  }

  /** No more will come. */
  end(): void {
    this.#buffer.end();
    this.#schedule();
  }

  clear(): void {
    this.#buffer.clear();
    this.#text.replaceChildren();
    this.#follows = true;
    this.empty = true;
    this.dropped = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#frame = 0;
    if (now < this.#restUntil) return this.#schedule();
    const start = performance.now();
    this.#show();
    this.#toEnd(); // forces the layout that is measured here
    this.#restUntil = now + restFactor * (performance.now() - start);
  }

  /** The notes above the text come and go too. */
  protected override updated(): void {
    this.#toEnd();
  }

  #toEnd(): void {
    const scroller = this.renderRoot.querySelector('.scroller');
    if (scroller && this.#follows) scroller.scrollTop = scroller.scrollHeight;
  }

  #scrolled({ scrollHeight, scrollTop, clientHeight }: Element): void {
    this.#follows = scrollHeight - scrollTop - clientHeight < 24;
  }

  #show(): void {
    const { pieces } = this.#buffer;
    const first = pieces[0]?.id ?? this.#firstShown;
    const spans = this.#text.children;
    if (spans.length === 0) this.#firstShown = first;
    for (; this.#firstShown < first && spans.length > 0; this.#firstShown++) spans[0]!.remove();
    this.#firstShown = first;
    // Of the pieces already shown only the last can have grown.
    const added = document.createDocumentFragment();
    for (const piece of pieces.slice(Math.max(spans.length - 1, 0))) {
      const span = spans[piece.id - first];
      if (span) {
        const node = span.firstChild as Text;
        if (piece.text.length > node.length) node.appendData(piece.text.slice(node.length));
      } else {
        added.append(Object.assign(document.createElement('span'), { className: `stream${piece.stream}` }));
        added.lastChild!.textContent = piece.text;
      }
    }
    this.#text.append(added);
    this.empty = pieces.length === 0;
    this.dropped = this.#buffer.dropped;
  }

  protected override render() {
    return html`<div
      class="scroller"
      tabindex="0"
      role="region"
      aria-label=${this.label}
      @scroll=${(event: Event) => this.#scrolled(event.currentTarget as Element)}
    >
      ${this.dropped ? html`<p class="note">${this.droppedText}</p>` : null}
      ${this.empty ? html`<p class="note">${this.emptyText}</p>` : null} ${this.#text}
    </div>`;
  }

  static override styles = css`
    :host {
      display: block;
      min-height: 0;
    }
    .scroller {
      height: 100%;
      overflow: auto;
      box-sizing: border-box;
      padding: 12px 16px;
      overscroll-behavior: contain;
    }
    .scroller:focus-visible {
      outline: 2px solid var(--accent, #0a6c74);
      outline-offset: -2px;
    }
    pre {
      margin: 0;
      font-family: var(--mono, ui-monospace, monospace);
      font-size: var(--code-size, 14px);
      line-height: 1.55;
      tab-size: 8;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .stream0 {
      color: var(--accent, #0a6c74);
      font-weight: 600;
    }
    .stream2 {
      color: var(--error, #a6231b);
      background: var(--error-surface, #fdf1ee);
    }
    .note {
      margin: 0;
      max-width: 58ch;
      color: var(--muted, #56636a);
    }
    .note + pre:not(:empty) {
      margin-top: 4px;
    }
  `;
}
