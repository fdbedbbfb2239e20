import { useSyncExternalStore } from 'react';
import { followDesk, type DESK_EVENTS } from '@parley/contract/admin/desk.ts';
import { follow } from '@parley/contract/event-stream.ts';
import type { Static } from 'typebox';
import { keepFollowing } from '../live/stream.ts';
import { api, clientOptions, setCredentials } from '../session/client.ts';
import { expire } from '../session/session.ts';
import { createDeskLock } from './desk-lock.ts';
import { createDeskKeeper, type AgentEventSeen, type DeskState } from './keeper.ts';

/* The desk of whoever uses the console. It belongs to the module and not to a page: who goes to another page in the middle of a call drops nothing. */

export type { AgentEventSeen, DeskCall, DeskNow, DeskSession, DeskState, OpenOptions, Standing } from './keeper.ts';

type Changed = Static<(typeof DESK_EVENTS)['changed']>;

const STORED = 'parley.desk';

const keeper = createDeskKeeper({
  api, lock: createDeskLock('parley.desk', 'locks' in navigator ? navigator.locks : undefined), clock: Date.now, onSessionOver: expire,
  setGuid: (guid) => { setCredentials({ guid }); },
  isVisible: () => document.visibilityState === 'visible',
  follow: ({ onChange, onLost }) => keepFollowing({
    open: (signal, heard) => follow(clientOptions, followDesk, {}, signal, heard), onEvent: ({ data }) => { onChange((data as Changed).at); }, onLost,
  }).stop,
  memory: {
    read: () => Number(localStorage.getItem(STORED) ?? Number.NaN),
    write: (signedInAt) => {
      if (signedInAt === undefined) localStorage.removeItem(STORED);
      else localStorage.setItem(STORED, String(signedInAt));
    },
  },
});

document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void keeper.refresh(); });

export const deskNow = keeper.state;
export const onDeskChange = keeper.subscribe;
export const useDesk = (): DeskState => useSyncExternalStore(keeper.subscribe, keeper.state);

/** Takes up the session that this browser has begun, if it goes on: when a page is loaded. */
export const findDesk = keeper.find;
/** Signs the agent in and opens the desk in this page; `force` ends the session that the agent has elsewhere. */
export const openDesk = keeper.open;
/** Goes on here with the session that another program or page has. */
export const takeDeskUp = keeper.takeUp;
/** Signs the agent out. It is refused in the middle of a call unless it is forced. */
export const leaveDesk = keeper.leave;
/** An operation of the agent gateway, with the agent's number filled in; the desk is asked anew after it. A refusal is thrown. */
export const doAtDesk = keeper.act;

export const refreshDesk = keeper.refresh;
/** Asks for another password for the phone. */
export const renewDesk = keeper.renew;

/** Hears each event of the agent as it comes (6.5.1); answers what ends it. */
export const onAgentEvent = keeper.onEvent;
/** The latest 500 of them, oldest first. */
export const useAgentEvents = (): readonly AgentEventSeen[] => useSyncExternalStore(keeper.onEvent, keeper.events);
