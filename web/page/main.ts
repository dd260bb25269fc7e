// The page's entry: the real compiler and engine under the playground.
import { MillPage } from './page.ts';
import { realBackend } from './real-backend.ts';

customElements.define('mill-page', MillPage);
document.body.append(new MillPage(realBackend()));
