// How the editor looks. All colours are the page's CSS variables (page/styles.css lists them), so light and dark need no
// second theme here; each has a fallback for pages that set none.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const goColours = syntaxHighlighting(
  HighlightStyle.define([
    {
      tag: [tags.keyword, tags.definitionKeyword, tags.moduleKeyword, tags.controlKeyword],
      color: 'var(--code-keyword, #0a6c74)',
    },
    { tag: [tags.string, tags.character, tags.special(tags.string)], color: 'var(--code-string, #7a4b00)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number, #7b2f8a)' },
    { tag: [tags.lineComment, tags.blockComment], color: 'var(--code-comment, #5d6b70)', fontStyle: 'italic' },
    { tag: [tags.typeName, tags.definition(tags.typeName)], color: 'var(--code-type, #1f4fa3)' },
    { tag: tags.function(tags.definition(tags.variableName)), fontWeight: '600' },
    { tag: tags.labelName, fontStyle: 'italic' },
  ]),
);

export const editorTheme = EditorView.theme({
  '&': { color: 'var(--text, #1b2326)', backgroundColor: 'var(--surface, #fff)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-content': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono, ui-monospace, monospace)',
    fontSize: 'var(--code-size, 14px)',
    lineHeight: '1.55',
  },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--text, #1b2326)' },
  '.cm-line': { padding: '0 16px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text, #1b2326)', borderLeftWidth: '2px' },
  '.cm-gutters': {
    color: 'var(--muted, #56636a)',
    backgroundColor: 'var(--surface, #fff)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px', minWidth: '28px' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 2px', display: 'flex', alignItems: 'center' },
  '.cm-lint-marker': { width: '9px', height: '9px', content: 'none' },
  '.cm-lint-marker-error': { content: 'none', borderRadius: '50%', background: 'var(--error, #a6231b)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': {
    backgroundColor: 'var(--active-line, #f2f5f4)',
  },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text, #1b2326)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--selection, #cfe5e6)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--accent, #0a6c74)',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error, #a6231b)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    color: 'var(--text, #1b2326)',
    backgroundColor: 'var(--raised, #fff)',
    border: '1px solid var(--line, #d9dedc)',
    borderRadius: '6px',
    overflow: 'hidden',
  },
  '.cm-diagnostic': {
    padding: '6px 10px',
    fontFamily: 'var(--mono, ui-monospace, monospace)',
    fontSize: '13px',
    whiteSpace: 'pre-wrap',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--error, #a6231b)' },
});
