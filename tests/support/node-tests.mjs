// Runs node:test files, prints what each test did, and counts.
import { Transform } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** `concurrency`: files at the same time. */
export function runNodeTests(files, { concurrency = 1, timeoutMs = 900_000 } = {}) {
  return new Promise((settle, fail) => {
    let passed = 0;
    const failures = [];
    const counting = new Transform({
      objectMode: true,
      transform(event, _encoding, next) {
        const { type, data } = event;
        if (type === 'test:pass' && data.details?.type !== 'suite' && data.skip === undefined) passed++;
        if (type === 'test:fail' && data.details?.type !== 'suite') {
          failures.push(`${data.name}\n    ${data.details?.error?.cause?.message ?? data.details?.error?.message}`);
        }
        // The reporter's own closing figures would be one of many; ours come at the end.
        next(null, type === 'test:diagnostic' && data.nesting === 0 ? undefined : event);
      },
    });
    const report = run({ files, concurrency, timeout: timeoutMs }).pipe(counting).pipe(new spec());
    report.on('data', (chunk) => process.stdout.write(chunk));
    report.on('error', fail);
    report.on('end', () => settle({ passed, failed: failures.length, failures }));
  });
}
