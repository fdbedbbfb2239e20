import type { Channel } from './channel.ts';

/** A way that was, and whose connection has gone with the process that had it. */
export function goneChannel({ kind, local, remote }: Pick<Channel, 'kind' | 'local' | 'remote'>): Channel {
  return {
    kind, local, remote,
    id: `${kind}:gone:${remote.address}:${remote.port}`,
    isOpen: () => false,
    send: () => Promise.reject(new Error('The connection is gone.')),
    onClose: (listener) => {
      listener();
      return () => undefined;
    },
    close: () => undefined,
  };
}
