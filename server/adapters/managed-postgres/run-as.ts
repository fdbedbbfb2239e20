import { readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../../start-error.ts';

/** The user that PostgreSQL runs as when Parley itself is root. */
export interface Identity {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function findIdentity(passwd: string, names: readonly string[]): Identity | undefined {
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const user = users.find((fields) => fields[0] === name);
    const [uid, gid] = [Number(user?.[2]), Number(user?.[3])];
    // Another name of root would be refused by PostgreSQL as root is.
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) {
      return { name, uid, gid };
    }
  }
  return undefined;
}

/**
 * Who runs PostgreSQL, which refuses root: nobody else when Parley is not root; the owner of a cluster that is there
 * already, so that root may start what a user has made; otherwise `parley`, or else `nobody`.
 */
export function chooseIdentity(cluster: string): Identity | undefined {
  if (!isRoot()) {
    return undefined;
  }
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const identity = findIdentity(readFileSync('/etc/passwd', 'utf8'), ['parley', 'nobody']);
  if (identity === undefined) {
    throw new StartError(
      'PostgreSQL refuses to run as root, and there is no other user for it.',
      'Start Parley as an ordinary user, or make a user for it: useradd --system parley',
    );
  }
  return identity;
}

/** Whether mode bits let the identity enter the folder. Access lists are not read: they can only cost a copy. */
export function mayEnter(folder: Pick<Stats, 'uid' | 'gid' | 'mode'>, identity: Identity): boolean {
  if (folder.uid === identity.uid) {
    return (folder.mode & 0o100) !== 0;
  }
  return (folder.mode & (folder.gid === identity.gid ? 0o010 : 0o001)) !== 0;
}

/** The topmost folder on the way to (and including) the given real path that the identity may not enter. */
export function findBarrier(folder: string, identity: Identity): string | undefined {
  const parent = dirname(folder);
  const above = parent === folder ? undefined : findBarrier(parent, identity);
  return above ?? (mayEnter(statSync(folder), identity) ? undefined : folder);
}
