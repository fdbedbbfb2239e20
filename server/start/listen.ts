import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv6, type Server } from 'node:net';
import { StartError } from '../start-error.ts';

/** Listens, or says in words why it cannot; answers the port, which the system chose where 0 was asked for. */
export function listen(server: Server, { host, port, setting }: { host: string; port: number; setting: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => { reject(explain(error, host, port, setting)); };
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** A port that nobody uses, by UDP or by TCP, for several sockets that are to have the same one. */
export async function freePort(host: string): Promise<number> {
  for (;;) {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    const { port } = socket.address();
    const server = createServer();
    server.listen({ host, port });
    const isFree = await once(server, 'listening').then(() => true, () => false);
    server.close();
    socket.close();
    if (isFree) return port;
  }
}

export function explain(error: NodeJS.ErrnoException, host: string, port: number, setting: string): StartError {
  if (error.code === 'EADDRINUSE') return new StartError(`Port ${port} on ${host} is taken by another program.`, `Stop that program, or choose another port with ${setting}.`);
  if (error.code === 'EACCES') return new StartError(`Port ${port} may not be used by this user.`, `Choose a port above 1023 with ${setting}.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new StartError(`${host} is not an address of this machine.`, 'Mend PARLEY_BIND.');
  return new StartError(`Cannot listen on ${host}:${port}: ${error.message}.`, `Check PARLEY_BIND and ${setting}.`);
}
