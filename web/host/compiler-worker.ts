// The browser's entry for a worker that compiles.
import { serveCompiler, type CompilerScope } from './compiler-client.ts';

serveCompiler(self as unknown as CompilerScope);
