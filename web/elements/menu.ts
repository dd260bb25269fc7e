// <mill-menu>: a button that opens a list of choices in groups. Escape and a click elsewhere close it; arrow keys move.
//
//   label    the button's text
//   groups   what to choose from
//
// Event: `choose`, a CustomEvent with the choice's id.
import { LitElement, css, html } from 'lit';

export interface MenuGroup {
  title: string;
  items: { id: string; title: string }[];
}

export class MillMenu extends LitElement {
  static override properties = { label: {}, groups: { attribute: false }, open: { state: true } };
  declare label: string;
  declare groups: readonly MenuGroup[];
  declare open: boolean;

  readonly #closeOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  constructor() {
    super();
    this.label = '';
    this.groups = [];
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#closeOutside);
    document.addEventListener('focusin', this.#closeOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#closeOutside);
    document.removeEventListener('focusin', this.#closeOutside);
  }

  get #items(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.list button')];
  }

  async #toggle(): Promise<void> {
    this.open = !this.open;
    await this.updateComplete;
    if (this.open) this.#items[0]?.focus();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLButtonElement>('.opener')!.focus();
  }

  #choose(id: string): void {
    this.#close();
    this.dispatchEvent(new CustomEvent('choose', { detail: id, bubbles: true, composed: true }));
  }

  #pressed(event: KeyboardEvent): void {
    const items = this.#items;
    const at = items.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' && this.open) this.#close();
    else if (to !== undefined && this.open) items[Math.min(Math.max(to, 0), items.length - 1)]?.focus();
    else return;
    event.preventDefault();
  }

  protected override render() {
    return html`<div @keydown=${this.#pressed}>
      <button class="opener" aria-expanded=${this.open} aria-controls="list" @click=${this.#toggle}>
        ${this.label}<span class="arrow" aria-hidden="true"></span>
      </button>
      <div id="list" class="list" ?hidden=${!this.open}>
        <div class="columns">${this.groups.map((group) => this.#renderGroup(group))}</div>
      </div>
    </div>`;
  }

  #renderGroup({ title, items }: MenuGroup) {
    return html`<section>
      <h2>${title}</h2>
      <ul>
        ${items.map((item) => html`<li><button @click=${() => this.#choose(item.id)}>${item.title}</button></li>`)}
      </ul>
    </section>`;
  }

  static override styles = css`
    :host {
      display: block;
      position: relative;
    }
    button {
      font: inherit;
      color: inherit;
      background: none;
      border: none;
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid var(--accent, #0a6c74);
      outline-offset: 1px;
    }
    .opener {
      padding: 6px 10px;
      border-radius: 6px;
      white-space: nowrap;
    }
    .opener:hover,
    .opener[aria-expanded='true'] {
      background: var(--hover, #eaeeec);
    }
    .arrow {
      display: inline-block;
      margin-left: 8px;
      width: 6px;
      height: 6px;
      border: solid currentColor;
      border-width: 0 1.5px 1.5px 0;
      transform: translateY(-2px) rotate(45deg);
    }
    .list:not([hidden]) {
      position: absolute;
      z-index: 10;
      right: 0;
      top: calc(100% + 4px);
      width: max-content;
      min-width: 260px;
      max-width: calc(100vw - 24px);
      max-height: min(560px, calc(100vh - 80px));
      overflow: auto;
      box-sizing: border-box;
      padding: 8px;
      background: var(--raised, #fff);
      border: 1px solid var(--line, #d9dedc);
      border-radius: 8px;
      box-shadow: 0 8px 24px rgb(0 0 0 / 18%);
    }
    h2 {
      break-after: avoid;
    }
    li {
      break-inside: avoid;
    }
    /* Room for all of them side by side: nobody scrolls to see what there is. */
    @media (min-width: 960px) {
      .list:not([hidden]) {
        position: fixed;
        inset: 48px 12px auto auto;
        width: min(1040px, calc(100vw - 24px));
        max-height: calc(100vh - 64px);
        font-size: 14px;
      }
      .columns {
        columns: 4 220px;
        column-gap: 4px;
      }
      .list li button {
        padding-block: 4px;
      }
    }
    @media (max-width: 720px) {
      .opener {
        padding: 8px 6px;
      }
      .arrow {
        margin-left: 6px;
      }
      .list:not([hidden]) {
        position: fixed;
        inset: 48px 8px auto;
        width: auto;
        max-width: none;
        max-height: calc(100dvh - 64px);
      }
    }
    h2 {
      margin: 8px 10px 4px;
      font-size: 13px;
      font-weight: 600;
      color: var(--muted, #56636a);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li button {
      width: 100%;
      padding: 6px 10px;
      text-align: start;
      border-radius: 5px;
    }
    li button:hover {
      background: var(--hover, #eaeeec);
    }
  `;
}
