import { useSyncExternalStore } from 'react';
import { followLive } from '@parley/contract/admin/live.ts';
import { follow } from '@parley/contract/event-stream.ts';
import { clientOptions, tenantNow } from '../session/client.ts';
import { faultOf } from '../session/fault.ts';
import { expire } from '../session/session.ts';
import { setWallClock } from '../show/ticking.tsx';
import { createLive, type Floor, type Line, type Live } from './live.ts';

const openLive = (): Live => createLive({
  open: (signal, heard) => follow(clientOptions, followLive, {}, signal, heard),
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
