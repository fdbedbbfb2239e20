import { StartError } from '../../start-error.ts';

/** The error code of a failed system call, or an empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const diskFull = (folder: string): StartError =>
  new StartError(
    `The disk that holds the database is full (${folder}).`,
    'Free some space there, or set PARLEY_DATA_DIR to a folder on another disk, and start again.',
  );

/** What a failed file operation in the given folder means to the operator. */
export function explainFileError(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder);
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        `Parley may not write the database folder ${folder}.`,
        'Give the folder to the user that runs Parley (chown -R), or set PARLEY_DATA_DIR to another one.',
      );
    case 'EROFS':
      return new StartError(
        `The database folder ${folder} is on a read-only disk.`,
        'Set PARLEY_DATA_DIR to a folder that can be written.',
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartError(
        `The database folder ${folder} cannot be made: a file is in its way.`,
        'Move that file, or set PARLEY_DATA_DIR to another folder.',
      );
    default:
      return error;
  }
}

interface Explanation {
  readonly sign: RegExp;
  readonly explain: (folder: string) => StartError;
}

// The first that matches counts: shared memory also says "No space left on device" and is not the disk.
const explanations: readonly Explanation[] = [
  {
    sign: /shared memory.*No space left|could not map anonymous shared memory|Cannot allocate memory/s,
    explain: () =>
      new StartError(
        'PostgreSQL could not get the memory it needs.',
        'Give the machine or container about 100 MB more (for a container also --shm-size), and start again.',
      ),
  },
  { sign: /No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes/, explain: diskFull },
  {
    sign: /could not bind|Address already in use/,
    explain: () =>
      new StartError(
        'The address of the database is taken by another program.',
        'Start again: another free port is chosen each time. If it happens again, set PARLEY_DATABASE_URL.',
      ),
  },
  {
    // A program whose loader (that of glibc, on Alpine) is missing counts as missing itself.
    sign: /error while loading shared libraries|GLIBC_|symbol lookup error|Library not loaded|spawn \S+ ENOENT/,
    explain: () =>
      new StartError(
        'The bundled PostgreSQL does not run on this system: a system library is missing.',
        'Set PARLEY_DATABASE_URL to a PostgreSQL 15 or newer. (Alpine Linux is not served by the bundled one.)',
      ),
  },
  {
    sign: /Permission denied|Operation not permitted|has wrong ownership|invalid permissions/,
    explain: (folder) =>
      new StartError(
        `PostgreSQL may not use its folder ${folder}.`,
        'Give the folder to the user that runs the database (chown -R), or start with another PARLEY_DATA_DIR.',
      ),
  },
  {
    sign: /Read-only file system/,
    explain: (folder) =>
      new StartError(
        `The database folder ${folder} is on a read-only disk.`,
        'Set PARLEY_DATA_DIR to a folder that can be written.',
      ),
  },
];

/** What the last lines of initdb or postgres mean to the operator. */
export function explainOutput(output: string, folder: string): StartError {
  const known = explanations.find(({ sign }) => sign.test(output));
  if (known !== undefined) {
    return known.explain(folder);
  }
  const telling = output.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line));
  const line = telling.at(0) ?? output.trim().split('\n').at(-1) ?? '';
  return new StartError(
    `PostgreSQL did not start: ${line.trim() || 'it gave no reason'}`,
    `Its data in ${folder} is untouched. Mend what the message names and start again, or set PARLEY_DATABASE_URL.`,
  );
}
