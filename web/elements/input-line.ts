// <mill-input>: a line for what a program reads from standard input, as a terminal has it: Enter hands a line over, pasted
// lines go at once, and the button (or Ctrl+D) says that no more will come.
//
//   label, hint  the field's name, and what to do with it
//   endText      the button's text
//   disabled     nobody reads
//
// Events: `lines`, a CustomEvent with text that ends in a newline; `end`.
import { LitElement, css, html } from 'lit';

export class MillInput extends LitElement {
  static override properties = { label: {}, hint: {}, endText: {}, disabled: { type: Boolean } };
  declare label: string;
  declare hint: string;
  declare endText: string;
  declare disabled: boolean;

  constructor() {
    super();
    this.label = this.hint = this.endText = '';
    this.disabled = false;
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.#field.value;
    this.#field.value = '';
    this.#hand(`${text}\n`);
  }

  /** A field of one line would make one line of several. */
  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain').replaceAll('\r\n', '\n') ?? '';
    const lastEnd = text.lastIndexOf('\n');
    if (lastEnd < 0) return;
    event.preventDefault();
    const before = this.#field.value;
    this.#field.value = text.slice(lastEnd + 1);
    this.#hand(before + text.slice(0, lastEnd + 1));
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'd' || !event.ctrlKey) return;
    event.preventDefault();
    this.#end();
  }

  #hand(lines: string): void {
    this.dispatchEvent(new CustomEvent('lines', { detail: lines, bubbles: true, composed: true }));
  }

  /** What stands in the field without a line end is input too. */
  #end(): void {
    if (this.#field.value !== '') this.#hand(this.#field.value);
    this.#field.value = '';
    this.dispatchEvent(new Event('end', { bubbles: true, composed: true }));
  }

  protected override render() {
    return html`<form @submit=${this.#submit}>
      <label for="line">${this.label}</label>
      <input
        id="line"
        placeholder=${this.hint}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        ?disabled=${this.disabled}
        @keydown=${this.#pressed}
        @paste=${this.#pasted}
      />
      <button type="button" title="Ctrl+D" ?disabled=${this.disabled} @click=${this.#end}>${this.endText}</button>
    </form>`;
  }

  static override styles = css`
    form {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 6px 8px 6px 16px;
      border-top: 1px solid var(--line, #d9dedc);
    }
    label {
      font-size: 13px;
      font-weight: 600;
    }
    input {
      flex: 1;
      min-width: 0;
      padding: 5px 8px;
      border: 1px solid var(--line, #d9dedc);
      border-radius: 5px;
      background: var(--surface, #fff);
      color: inherit;
      font: var(--code-size, 14px) var(--mono, ui-monospace, monospace);
    }
    input::placeholder {
      color: var(--muted, #56636a);
      opacity: 1;
      font-family: system-ui, sans-serif;
      font-size: 13px;
    }
    button {
      padding: 5px 10px;
      border: 1px solid var(--line, #d9dedc);
      border-radius: 5px;
      background: none;
      color: inherit;
      font: inherit;
      font-size: 13px;
      white-space: nowrap;
      cursor: pointer;
    }
    button:hover:enabled {
      background: var(--hover, #eaeeec);
    }
    input:disabled,
    button:disabled {
      color: var(--muted, #56636a);
      cursor: default;
    }
    :focus-visible {
      outline: 2px solid var(--accent, #0a6c74);
      outline-offset: 1px;
    }
  `;
}
