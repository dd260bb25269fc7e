// <mill-editor>: a Go editor (CodeMirror 6). Attributes and properties are its interface:
//
//   value        the text; setting it replaces the text as one change that can be undone
//   label, hint  what screen readers are told: the name, and how to leave (Tab indents, Escape leaves)
//   diagnostics  marked in text and gutter; columns count bytes, as Go's do
//   rewrite()    another version of the text as one step: cursor and scroll stay where they are in it
//
// Events: `change` after an edit, `run` for Ctrl/Cmd+Enter.
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands';
import { goLanguage } from '@codemirror/lang-go';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { Compartment, EditorState, type Text, Transaction } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { offsetOfColumn } from './columns.ts';
import { editorTheme, goColours } from './editor-theme.ts';
import { editsBetween } from './text-edits.ts';

/** A place in the text, from 1; columns in bytes. */
export interface Place {
  line: number;
  column: number;
}

export interface EditorDiagnostic extends Place {
  endLine: number;
  endColumn: number;
  message: string;
}

export class MillEditor extends HTMLElement {
  static observedAttributes = ['label', 'hint'];
  readonly #attributes = new Compartment();
  readonly #view: EditorView;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = ':host { display: block; min-height: 0; } .cm-editor { height: 100%; }';
    this.#view = new EditorView({ root: shadow, state: EditorState.create({ extensions: this.#extensions() }) });
    shadow.append(style, this.#view.dom);
  }

  attributeChangedCallback(): void {
    this.#view.dispatch({ effects: this.#attributes.reconfigure(this.#contentAttributes()) });
  }

  get value(): string {
    return this.#view.state.doc.toString();
  }

  set value(text: string) {
    const { doc } = this.#view.state;
    if (doc.toString() === text) return;
    // An edit would move the old marks along; what they said is about the old text.
    this.#view.dispatch(
      { changes: { from: 0, to: doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true },
      setDiagnostics(this.#view.state, []),
    );
  }

  rewrite(text: string): void {
    const changes = editsBetween(this.value, text);
    if (changes.length > 0) this.#view.dispatch({ changes, annotations: isolateHistory.of('full') });
  }

  /** The first text: not a change, nothing to undo. */
  start(text: string): void {
    const { doc } = this.#view.state;
    this.#view.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      annotations: [Transaction.addToHistory.of(false), Transaction.userEvent.of('start')],
    });
  }

  set diagnostics(diagnostics: readonly EditorDiagnostic[]) {
    const { doc } = this.#view.state;
    const marks = diagnostics.map((diagnostic) => markOf(doc, diagnostic));
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  /** Moves the cursor to a place and shows it. */
  goTo(place: Place): void {
    this.#view.dispatch({ selection: { anchor: offsetOf(this.#view.state.doc, place) }, scrollIntoView: true });
    this.#view.focus();
  }

  override focus(): void {
    this.#view.focus();
  }

  #extensions() {
    return [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      EditorState.tabSize.of(4),
      indentUnit.of('\t'),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      goLanguage,
      closeBrackets(),
      goColours,
      editorTheme,
      this.#attributes.of(this.#contentAttributes()),
      keymap.of([
        { key: 'Mod-Enter', run: () => this.#tell('run') },
        { key: 'Escape', run: (view) => this.#leave(view) },
        indentWithTab,
        ...closeBracketsKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((t) => t.isUserEvent('start'))) this.#tell('change');
      }),
    ];
  }

  #contentAttributes() {
    return EditorView.contentAttributes.of({
      'aria-label': this.getAttribute('label') ?? '',
      'aria-description': this.getAttribute('hint') ?? '',
      tabindex: '0', // a long text scrolls: tools that look for something focusable in it find this
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
    });
  }

  /** Several cursors become one first, as everywhere; then the text is left, and Tab goes on from here. */
  #leave(view: EditorView): boolean {
    if (view.state.selection.ranges.length > 1) return false;
    view.contentDOM.blur();
    return true;
  }

  #tell(type: string): boolean {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return true;
  }
}

function offsetOf(doc: Text, { line, column }: Place): number {
  const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + offsetOfColumn(text, column);
}

/** A name or a text at the beginning of the rest of a line. */
const token = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|"[^"]*"|`[^`]*`|'[^']*')/u;

/** A mark covers a whole name or text, or at least one character, so that it can be seen. */
function markOf(doc: Text, diagnostic: EditorDiagnostic): Mark {
  const line = doc.line(Math.min(Math.max(diagnostic.line, 1), doc.lines));
  const from = offsetOf(doc, diagnostic);
  let to = offsetOf(doc, { line: diagnostic.endLine, column: diagnostic.endColumn });
  const least = token.exec(doc.sliceString(from, line.to))?.[0].length ?? 1;
  if (to < from + least) to = Math.min(from + least, line.to);
  return { from: to > from ? from : Math.max(line.from, from - 1), to, severity: 'error', message: diagnostic.message };
}
