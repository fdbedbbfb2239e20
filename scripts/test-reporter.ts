import { inspect } from 'node:util';
import type { TestEvent } from 'node:test/reporters';

/**
 * Says what went wrong, what was skipped and why, and how many there were; a passing test is not worth a line. With
 * CI=true a skipped test is a failure, as nobody is there to read why.
 */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, line, details, skip } = event.data;
    const isSuite = details.type === 'suite';
    if (event.type === 'test:fail') {
      const error = 'error' in details ? details.error : undefined;
      // A suite fails because a test in it did, which has been told already.
      if (isSuite && error !== undefined && 'failureType' in error && error.failureType === 'subtestsFailed') continue;
      failed += 1;
      yield `\nFAILED ${name}  (${file ?? ''}:${line ?? ''})\n${inspect(error?.cause ?? error, { depth: 5 })}\n`;
    } else if (skip !== undefined && skip !== false) {
      skipped += 1;
      yield `\nskipped ${name}: ${skip === true ? 'no reason given' : skip}\n`;
    } else if (!isSuite) passed += 1;
  }
  if (process.env['CI'] === 'true' && skipped > 0) {
    process.exitCode = 1;
    yield '\nA skipped test counts as failed here.\n';
  }
  yield `\n${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}
