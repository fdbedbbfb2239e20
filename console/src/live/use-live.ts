import { useSyncExternalStore } from 'react';
import { followLive } from '@parley/contract/admin/live.ts';
import { follow } from '@parley/contract/event-stream.ts';
import { clientOptions, tenantNow } from '../session/client.ts';
import { faultOf } from '../session/fault.ts';
import { expire } from '../session/session.ts';
import { setWallClock } from '../show/ticking.tsx';
import { createLive, type Floor, type Line, type Live } from './live.ts';

/** The contract's own `follow` tells of events alone; whoever has to know that the line is alive looks at what comes over it. */
const hearing = (heard: () => void): typeof fetch => async (input, init) => {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  const body = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (bytes, onward) => {
      heard();
      onward.enqueue(bytes);
    },
  }));
  return new Response(body, { status: response.status, headers: response.headers });
};

const openLive = (): Live => createLive({
  open: (signal, heard) => follow({ ...clientOptions, fetch: hearing(heard) }, followLive, {}, signal),
  onTime: setWallClock,
  onFault: (error) => { if (faultOf(error).isSessionOver) expire(); },
});

/** One stream a page, of the tenant that is looked at. */
let current = { tenant: tenantNow(), live: openLive() };

function liveNow(): Live {
  if (current.tenant !== tenantNow()) current = { tenant: tenantNow(), live: openLive() };
  return current.live;
}

const hurry = (): void => { current.live.hurry(); };
window.addEventListener('online', hurry);
document.addEventListener('visibilitychange', hurry);

/** What queues and agents do now, drawn anew as it changes; undefined until something has been heard. */
export function useFloor(): Floor | undefined {
  const live = liveNow();
  return useSyncExternalStore(live.subscribe, () => live.board().floor);
}

/** Whether that is how things are. */
export function useLine(): Line {
  const live = liveNow();
  return useSyncExternalStore(live.subscribe, () => live.board().line);
}
