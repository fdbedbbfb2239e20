import { Badge, Box, Tabs } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '../text/catalogue.ts';
import { handsOf } from './calls.ts';
import { Chats } from './chats.tsx';
import type { DeskNow } from './desk.ts';
import { sideTexts } from './desk-texts.ts';
import { Hint } from './hint.tsx';
import { useMessages } from './messages.ts';
import { Notes } from './notes.tsx';
import { hasKeys, SHORTCUTS, useShortcut } from './shortcuts.ts';
import { CallData, History, Waiting } from './side-panels.tsx';

const TABS = ['caller', 'data', 'notes', 'waiting', 'chat'] as const;
type Tab = (typeof TABS)[number];

/** Tables of so many columns as there are here cannot be read in less. */
const NARROW = 480;

function useTabKey(tab: Tab, show: (tab: Tab) => void): void {
  useShortcut(tab, () => { show(tab); });
}

/** What is known beside the call. */
export function Side({ now }: { readonly now: DeskNow }) {
  const text = useText(sideTexts);
  const { ref, width } = useElementSize();
  const isNarrow = width > 0 && width < NARROW;
  const { inHand, held: [held], chats } = handsOf(now.calls);
  const call = inHand ?? held;
  const [tab, setTab] = useState<Tab>(call === undefined ? 'waiting' : 'caller');
  const [shownFor, setShownFor] = useState(call?.callId);
  const [notesSeenAt, setNotesSeenAt] = useState(() => Date.now());
  // Who calls is what one wants to know first; without a call, who waits. What somebody is writing stays.
  if (shownFor !== call?.callId) {
    setShownFor(call?.callId);
    if (tab !== 'notes' && tab !== 'chat') setTab(call === undefined ? 'waiting' : tab === 'waiting' ? 'caller' : tab);
  }
  const show = (next: Tab): void => {
    setNotesSeenAt(Date.now());
    setTab(next);
  };
  useTabKey('caller', show);
  useTabKey('data', show);
  useTabKey('notes', show);
  useTabKey('waiting', show);
  useTabKey('chat', show);
  const about = now.calls.find(({ callId }) => callId === call?.about) ?? call;
  const unread = useMessages().filter(({ kind, isOwn, at }) => kind === 'note' && !isOwn && at > notesSeenAt).length;
  const counts: Partial<Readonly<Record<Tab, number>>> = { notes: tab === 'notes' ? 0 : unread, waiting: now.queues.reduce((sum, { waiting }) => sum + waiting, 0), chat: chats.length };
  return (
    <Tabs ref={ref} value={tab} onChange={(value) => { show(value as Tab); }} keepMounted={false}>
      <Box mb="sm" style={{ overflowX: 'auto' }}>
        <Tabs.List miw="max-content" style={{ flexWrap: 'nowrap' }}>
          {TABS.map((value) => (
            <Hint key={value} label={SHORTCUTS[value]} isDisabled={!hasKeys()}>
              <Tabs.Tab value={value} px={isNarrow ? 'xs' : undefined} rightSection={(counts[value] ?? 0) > 0 ? <Badge size="sm" circle>{counts[value]}</Badge> : undefined}>{text[value]}</Tabs.Tab>
            </Hint>
          ))}
        </Tabs.List>
      </Box>
      <Tabs.Panel value="caller"><History call={about} isNarrow={isNarrow} /></Tabs.Panel>
      <Tabs.Panel value="data"><CallData call={about} /></Tabs.Panel>
      <Tabs.Panel value="notes"><Notes /></Tabs.Panel>
      <Tabs.Panel value="waiting"><Waiting queues={now.queues} isNarrow={isNarrow} /></Tabs.Panel>
      <Tabs.Panel value="chat"><Chats chats={chats} /></Tabs.Panel>
    </Tabs>
  );
}
