// The compiler in its worker and the engine, downloaded once. Downloads begin with prepare(), in parallel; a failed one is
// tried again with the next prepare().
import type { Engine, Mode, Program, Run, RunOptions } from '../host/api.ts';
import { browserPlatform } from '../host/browser-platform.ts';
import { CompilerClient } from '../host/compiler-client.ts';
import { engineLayout } from '../host/engine-layout.ts';
import { loadEngine } from '../host/engine.ts';
import compilerUrl from '../../build/engine/compiler.wasm?url';
import singleUrl from '../../build/engine/engine-single.wasm?url';
import threadsUrl from '../../build/engine/engine-threads.wasm?url';
import glueUrl from '../../build/engine/glue.wasm?url';
import type { Backend } from './backend.ts';
import { programName } from './controller.ts';

/** Fixed for a run. Modest: WebKit refuses large shared memories. */
const memoryMiB = 256;
/** Programs may raise GOMAXPROCS themselves; workers are only started when they do. */
const leastMaxWorkers = 16;
const mostWorkers = 63;

interface Loaded {
  engine: Engine;
  compiler: CompilerClient;
}

export function realBackend(): Backend {
  const platform = browserPlatform();
  const mode: Mode = platform.canShare ? 'threads' : 'single';
  const cpus = Math.min(Math.max(platform.cpus, 1), mostWorkers);
  const maxWorkers = mode === 'single' ? 1 : Math.max(leastMaxWorkers, cpus);
  let loading: Promise<Loaded> | null = null;
  let loaded: Loaded | null = null;

  const load = async (): Promise<Loaded> => {
    const [engineModule, glue, compilerModule] = await Promise.all([
      download(mode === 'threads' ? threadsUrl : singleUrl),
      download(glueUrl),
      download(compilerUrl),
    ]);
    const engine = await loadEngine(platform, { [mode]: engineModule, glue });
    const target = { sharedMemory: mode === 'threads', ...engineLayout(engineModule, mode) };
    return { engine, compiler: new CompilerClient(compilerModule, target, compilerWorker) };
  };

  return {
    mode,
    async prepare(procs) {
      loading ??= load();
      try {
        loaded = await loading;
      } catch (error) {
        loading = null;
        throw error;
      }
      loaded.engine.warmUp({ mode, procs, maxWorkers });
    },
    compile: (sources) => loaded!.compiler.compile(sources),
    cancelCompile: () => loaded?.compiler.cancel(),
    start(program: Program, options: Pick<RunOptions, 'procs' | 'stdin' | 'onOutput'>): Run {
      const { engine } = loaded!;
      const args = [programName.replace(/\.go$/, '')];
      const run = engine.start(program, { mode, maxWorkers, cpus, memoryMiB, args, ...options });
      void run.done.then(() => engine.warmUp({ mode, procs: options.procs, maxWorkers })); // for the next one
      return run;
    },
  };
}

const compilerWorker = (): Worker =>
  new Worker(new URL('../host/compiler-worker.ts', import.meta.url), { type: 'module', name: 'compiler' });

async function download(url: string): Promise<WebAssembly.Module> {
  let response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Error('a download failed; is there a connection?', { cause });
  }
  if (!response.ok) throw new Error(`a download failed: ${response.status} ${response.statusText}`);
  return await WebAssembly.compileStreaming(response);
}
