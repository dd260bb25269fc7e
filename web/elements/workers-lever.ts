// <mill-workers>: the lever that sets how many workers run goroutines, 1 to `max`; a range input drawn as one notch per
// worker, with a mark after the machine's last core.
//
//   value, max, cores   numbers
//   disabled            one worker is all there is
//   label, caption      what it is called, and a line about the present value
//
// Event: `change` (each move).
import { LitElement, css, html } from 'lit';
import { live } from 'lit/directives/live.js';

export class MillWorkers extends LitElement {
  static override properties = {
    value: { type: Number },
    max: { type: Number },
    cores: { type: Number },
    disabled: { type: Boolean },
    label: {},
    caption: {},
  };
  declare value: number;
  declare max: number;
  declare cores: number;
  declare disabled: boolean;
  declare label: string;
  declare caption: string;

  constructor() {
    super();
    this.value = this.cores = 1;
    this.max = 16;
    this.disabled = false;
    this.label = this.caption = '';
  }

  #moved(event: Event): void {
    event.stopPropagation();
    this.value = Number((event.target as HTMLInputElement).value);
    if (event.type === 'input') this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }

  protected override render() {
    const notches = Array.from({ length: this.max }, (_, i) => {
      const kind = i < this.value ? 'lit' : '';
      return html`<i class="${kind} ${i + 1 === this.cores && this.cores < this.max ? 'last-core' : ''}"></i>`;
    });
    return html`<label>
      <span class="name">${this.label}</span>
      <span class="track">
        <span class="notches" aria-hidden="true">${notches}</span>
        <input
          type="range"
          min="1"
          step="1"
          max=${this.max}
          .value=${live(String(this.value))}
          ?disabled=${this.disabled}
          aria-valuetext=${`${this.value} ${this.caption}`}
          @input=${this.#moved}
          @change=${this.#moved}
        />
      </span>
      <output>${this.value}</output>
      <span class="caption" aria-hidden="true">${this.caption}</span>
    </label>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    label {
      display: flex;
      align-items: center;
      gap: 10px;
      white-space: nowrap;
    }
    .track {
      position: relative;
      width: 176px;
      height: 28px;
    }
    .notches {
      position: absolute;
      inset: 5px 0;
      display: flex;
      gap: 3px;
    }
    i {
      position: relative;
      flex: 1;
      border-radius: 2px;
      background: var(--line, #d9dedc);
    }
    i.lit {
      background: var(--accent, #0a6c74);
    }
    /* The machine's cores end here. */
    i.last-core::after {
      content: '';
      position: absolute;
      right: -2.5px;
      top: -4px;
      bottom: -4px;
      width: 2px;
      background: var(--text, #1b2326);
    }
    input {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      margin: 0;
      opacity: 0;
      cursor: ew-resize;
      touch-action: pan-y;
    }
    input:disabled {
      cursor: not-allowed;
    }
    .track:has(input:focus-visible) {
      outline: 2px solid var(--accent, #0a6c74);
      outline-offset: 2px;
      border-radius: 3px;
    }
    output {
      min-width: 2ch;
      font-variant-numeric: tabular-nums;
      font-weight: 600;
    }
    .caption {
      color: var(--muted, #56636a);
      font-size: 13px;
    }
    @media (max-width: 720px) {
      label {
        gap: 8px;
      }
      .track {
        flex: 1;
        width: auto;
        min-width: 80px;
      }
      .notches {
        gap: 2px;
      }
      .caption {
        display: none;
      }
    }
  `;
}
