// What the page is doing, as data: one state, and what each event does to it. Nothing here touches the page, the
// compiler or the engine; controller.ts carries out the effects, the view draws the state.
//
//                 run                 prepared               compiled               end
//      idle ─────────────▶ preparing ───────────▶ compiling ───────────▶ running ─────────▶ ended
//                              │ stop                 │ stop, rejected       │ stop           ▲
//                              ▼                      ▼                      ▼                │
//                            ended                  ended                 stopping ───────────┘
//
//   idle       nothing has been run yet
//   preparing  Run was pressed; the compiler or the engine is still on its way
//   compiling  the compiler has the program
//   running    the program runs
//   stopping   the program was told to stop and its workers are not gone yet; `next` may wait
//   ended      how it ended stands in `outcome`
//
// Run pressed while something is under way ends that first. Every run has a number; an event that carries another number
// is late and changes nothing. A fault (ours) ends a run from any state.
import type { LinkedModule, RunEnd } from '../host/api.ts';
import type { CompileReply, Diagnostic } from '../host/compiler.ts';

export type Phase = 'idle' | 'preparing' | 'compiling' | 'running' | 'stopping' | 'ended';

export type Outcome =
  | { kind: 'exited'; status: number }
  | { kind: 'rejected'; diagnostics: Diagnostic[] }
  | { kind: 'stopped' }
  | { kind: 'fault'; message: string };

/** Milliseconds; absent: did not happen. */
export interface Times {
  compile?: number;
  /** From pressing Run, the wait for downloads left out, to the first byte of output. */
  firstOutput?: number;
  /** From handing the program to the engine until goroutines began to run. */
  start?: number;
  /** The part of it that each worker took to instantiate engine and program. */
  instantiate?: readonly (number | undefined)[];
  /** From then to the end. */
  run?: number;
}

export interface Session {
  readonly phase: Phase;
  /** The number of the current or last run; 0: none yet. */
  readonly run: number;
  /** Where the workers lever stands. */
  readonly procs: number;
  readonly times: Times;
  /** Not null in `ended` only. */
  readonly outcome: Outcome | null;
  /** The source to run once the stopping program is gone. */
  readonly next: string | null;
}

export type SessionEvent =
  | { type: 'run'; source: string }
  | { type: 'prepared'; run: number }
  | { type: 'compiled'; run: number; reply: CompileReply; ms: number }
  | { type: 'output'; run: number; ms: number }
  | { type: 'end'; run: number; end: RunEnd }
  | { type: 'fault'; run: number; message: string }
  | { type: 'stop' }
  | { type: 'procs'; procs: number };

export type Effect =
  | { do: 'prepare'; run: number; source: string; procs: number }
  | { do: 'compile'; run: number }
  | { do: 'cancelCompile' }
  | { do: 'start'; run: number; program: LinkedModule; procs: number }
  | { do: 'stop' }
  | { do: 'setProcs'; procs: number };

export const initial = (procs: number): Session => ({
  phase: 'idle',
  run: 0,
  procs,
  times: {},
  outcome: null,
  next: null,
});

/** Is a run under way? */
export const busy = ({ phase }: Session): boolean => phase !== 'idle' && phase !== 'ended';

type Step = readonly [Session, readonly Effect[]];

export function step(session: Session, event: SessionEvent): Step {
  if ('run' in event && event.run !== session.run) return [session, []];
  switch (event.type) {
    case 'run':
      return begin(session, event.source);
    case 'prepared':
      if (session.phase !== 'preparing') break;
      return [{ ...session, phase: 'compiling' }, [{ do: 'compile', run: session.run }]];
    case 'compiled':
      return compiled(session, event);
    case 'output':
      if (session.times.firstOutput !== undefined) break;
      return [{ ...session, times: { ...session.times, firstOutput: event.ms } }, []];
    case 'end':
      return ended(session, event.end);
    case 'fault':
      if (!busy(session)) break;
      return [finish(session, { kind: 'fault', message: event.message }), stopEffects(session)];
    case 'stop':
      return stop(session);
    case 'procs':
      return [
        { ...session, procs: event.procs },
        session.phase === 'running' ? [{ do: 'setProcs', procs: event.procs }] : [],
      ];
  }
  return [session, []];
}

function begin(session: Session, source: string): Step {
  if (session.phase === 'running') return [{ ...session, phase: 'stopping', next: source }, [{ do: 'stop' }]];
  if (session.phase === 'stopping') return [{ ...session, next: source }, []];
  const run = session.run + 1;
  const cancel = stopEffects(session);
  const fresh: Session = { ...initial(session.procs), phase: 'preparing', run };
  return [fresh, [...cancel, { do: 'prepare', run, source, procs: session.procs }]];
}

function compiled(session: Session, { reply, ms }: { reply: CompileReply; ms: number }): Step {
  if (session.phase !== 'compiling') return [session, []];
  const timed = { ...session, times: { ...session.times, compile: ms } };
  if (!reply.ok) return [finish(timed, { kind: 'rejected', diagnostics: reply.diagnostics }), []];
  const { run, procs } = session;
  return [{ ...timed, phase: 'running' }, [{ do: 'start', run, program: reply.program, procs }]];
}

function ended(session: Session, end: RunEnd): Step {
  if (session.phase !== 'running' && session.phase !== 'stopping') return [session, []];
  const { startMs, elapsedMs, instantiateMs } = end;
  const ran = startMs === undefined ? {} : { start: startMs, instantiate: instantiateMs, run: elapsedMs - startMs };
  const timed = { ...session, times: { ...session.times, ...ran } };
  const done = finish(timed, outcomeOf(end));
  return session.next === null ? [done, []] : begin({ ...done, next: null }, session.next);
}

function outcomeOf(end: RunEnd): Outcome {
  switch (end.reason) {
    case 'exited':
      return { kind: 'exited', status: end.status };
    case 'stopped':
      return { kind: 'stopped' };
    case 'crashed':
      return { kind: 'fault', message: end.message ?? 'the engine crashed' };
  }
}

function stop(session: Session): Step {
  switch (session.phase) {
    case 'running':
      return [{ ...session, phase: 'stopping' }, [{ do: 'stop' }]];
    case 'stopping':
      return [{ ...session, next: null }, []];
    case 'preparing':
    case 'compiling':
      return [finish(session, { kind: 'stopped' }), stopEffects(session)];
    case 'idle':
    case 'ended':
      return [session, []];
  }
}

/** What ends the work of the present phase. */
function stopEffects(session: Session): Effect[] {
  if (session.phase === 'compiling') return [{ do: 'cancelCompile' }];
  return session.phase === 'running' ? [{ do: 'stop' }] : [];
}

const finish = (session: Session, outcome: Outcome): Session => ({ ...session, phase: 'ended', outcome, next: null });
