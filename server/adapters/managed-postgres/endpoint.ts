import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyFolder, makeFolder } from './folders.ts';
import type { Identity } from './run-as.ts';

/**
 * A socket in a private folder where it can be had: no port to collide on or to lose to another program while
 * PostgreSQL restarts, and no other user of the machine can even knock. Else (Windows, or a disk without sockets)
 * a free port of 127.0.0.1.
 */
export type Endpoint =
  | { readonly kind: 'socket'; readonly folder: string; readonly port: number }
  | { readonly kind: 'tcp'; readonly port: number };

// The shortest limit of the systems we know is 103 bytes (macOS); Linux takes 107.
const longestSocketPath = 103;

// With a socket the port is only the end of its name. The second one serves the old cluster during an upgrade.
export const socketPort = 5432;

function socketPath(folder: string, port: number): string {
  return join(folder, `.s.PGSQL.${port}`);
}

function listens(target: string | number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.once('listening', () => {
      const address: string | AddressInfo | null = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
    if (typeof target === 'string') {
      server.listen(target);
    } else {
      server.listen(target, '127.0.0.1');
    }
  });
}

function shortFolder(home: string, identity: Identity | undefined, shared: string): string {
  // One name a home, so that a killed Parley leaves no more than one folder, which the next start takes again.
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  if (identity !== undefined) {
    // Root makes and hands over no folder under a name that others could have prepared in a place all may write.
    makeFolder(shared, 0o755);
    return join(shared, `run-${name}`);
  }
  const folder = join(tmpdir(), `parley-${name}`);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const ours = found === undefined || (found.isDirectory() && found.uid === process.getuid?.());
  return ours ? folder : mkdtempSync(join(tmpdir(), 'parley-'));
}

export async function chooseEndpoint(
  home: string,
  identity: Identity | undefined,
  shared: string,
  platform: string = process.platform,
): Promise<Endpoint> {
  if (platform === 'win32') {
    return freePort();
  }
  for (const choose of [() => join(home, 'run'), () => shortFolder(home, identity, shared)]) {
    const folder = choose();
    const path = socketPath(folder, socketPort);
    if (Buffer.byteLength(path) <= longestSocketPath) {
      emptyFolder(folder, identity);
      if ((await listens(path)) !== undefined) {
        return { kind: 'socket', folder, port: socketPort };
      }
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return freePort();
}

export async function freePort(): Promise<Endpoint> {
  const port = await listens(0);
  if (port === undefined) {
    throw new Error('no port of 127.0.0.1 is free');
  }
  return { kind: 'tcp', port };
}

/** A second address for the time of an upgrade. */
export async function neighbour(endpoint: Endpoint): Promise<Endpoint> {
  return endpoint.kind === 'socket' ? { ...endpoint, port: endpoint.port + 1 } : freePort();
}

export function serverSettings(endpoint: Endpoint): Record<string, string> {
  return endpoint.kind === 'socket'
    ? { listen_addresses: '', unix_socket_directories: endpoint.folder, port: String(endpoint.port) }
    : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(endpoint.port) };
}

/** A URL in the form that libpq and Node's `pg` both read. */
export function connectionUrl(endpoint: Endpoint, password: string, database: string): string {
  const credentials = `parley:${encodeURIComponent(password)}`;
  return endpoint.kind === 'socket'
    ? `postgresql://${credentials}@localhost:${endpoint.port}/${database}?host=${encodeURIComponent(endpoint.folder)}`
    : `postgresql://${credentials}@127.0.0.1:${endpoint.port}/${database}`;
}

/** A socket file that its server left behind; it must have ended. */
export function clearEndpoint(endpoint: Endpoint): void {
  if (endpoint.kind === 'socket') {
    rmSync(socketPath(endpoint.folder, endpoint.port), { force: true });
    rmSync(`${socketPath(endpoint.folder, endpoint.port)}.lock`, { force: true });
  }
}

export function removeEndpoint(endpoint: Endpoint): void {
  if (endpoint.kind === 'socket') {
    rmSync(endpoint.folder, { recursive: true, force: true });
  }
}
