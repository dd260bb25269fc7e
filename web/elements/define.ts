// Makes the elements known to the browser. Class files define nothing by themselves, so that others may choose the names.
import { MillEditor } from './code-editor.ts';
import { MillInput } from './input-line.ts';
import { MillMenu } from './menu.ts';
import { MillOutput } from './output-view.ts';
import { MillWorkers } from './workers-lever.ts';

customElements.define('mill-editor', MillEditor);
customElements.define('mill-input', MillInput);
customElements.define('mill-menu', MillMenu);
customElements.define('mill-output', MillOutput);
customElements.define('mill-workers', MillWorkers);

declare global {
  interface HTMLElementTagNameMap {
    'mill-editor': MillEditor;
    'mill-input': MillInput;
    'mill-menu': MillMenu;
    'mill-output': MillOutput;
    'mill-workers': MillWorkers;
  }
}
