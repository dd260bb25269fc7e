// Takes the place of web/page/real-backend.ts in the page that tests of the view build.
import type { Backend } from '../../web/page/backend.ts';
import { fakeBackend } from './fake-backend.ts';

export const realBackend = (): Backend => fakeBackend(crossOriginIsolated ? 'threads' : 'single');
