import { withoutPrograms, type ProgramName } from '../../scripts/programs.ts';

/** For the `skip` of a test: why calls cannot be made with these programs here. */
export const without = (...programs: readonly ProgramName[]): string | false =>
  (process.platform === 'linux' ? withoutPrograms(...programs) : 'only Linux has all of 127.0.0.0/8 on its loopback, where callers and carriers are told apart by their addresses');
