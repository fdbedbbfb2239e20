import { Group, Select, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { listCalls, showCall } from '@parley/contract/admin/call.ts';
import { listOutcomes, noteOutcome } from '@parley/contract/admin/outcome.ts';
import type { Result } from '@parley/contract/operation.ts';
import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { SHORTCUTS, titled, useShortcut } from '../desk/shortcuts.ts';
import { keyOf, useAsked } from '../session/asking.ts';
import { api } from '../session/client.ts';
import { useSession } from '../session/session.ts';
import { limitsOf } from '../show/contract-limits.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { Loaded } from '../show/loaded.tsx';
import { useText } from '../text/catalogue.ts';
import { createNoteSaver, type NoteDraft, type SaverState } from './note-saver.ts';
import { choicesOf, withNote, type NotedOutcome, type Outcome } from './outcomes.ts';
import { outcomeTexts } from './outcome-texts.ts';

const PAUSE_MS = 600;

interface FormProps {
  readonly callId: string;
  readonly outcomes: readonly Outcome[];
  /** What is noted already. */
  readonly noted: NotedOutcome | undefined;
}

/** Saves by itself, and puts what is saved to what is known of the call, so that whoever comes back finds it. */
function useSaver(callId: string): { readonly state: SaverState; readonly put: (draft: NoteDraft, isAtOnce: boolean) => void; readonly flush: () => void } {
  const kept = useQueryClient();
  const [state, setState] = useState<SaverState>({ is: 'untouched' });
  const [saver] = useState(() => createNoteSaver({
    pauseMs: PAUSE_MS, onState: setState,
    save: async (draft) => {
      const noted = await api.ask(noteOutcome, { callId, ...draft });
      kept.setQueryData<Result<typeof showCall>>(keyOf(showCall, { callId }), (told) => told && { ...told, call: { ...told.call, outcomes: withNote(told.call.outcomes, noted) } });
      void kept.invalidateQueries({ queryKey: keyOf(listCalls) });
    },
  }));
  // Whoever goes elsewhere has not to wait for it.
  useEffect(() => saver.flush, [saver]);
  return { state, ...saver };
}

function NoteForm({ callId, outcomes, noted }: FormProps) {
  const text = useText(outcomeTexts);
  const chooser = useRef<HTMLInputElement>(null);
  const { state, put, flush } = useSaver(callId);
  const [draft, setDraft] = useState<NoteDraft>({ code: noted?.code ?? '', remark: noted?.remark ?? '' });
  useShortcut('outcome', () => {
    chooser.current?.focus();
    chooser.current?.select();
  });
  const change = (changes: Partial<NoteDraft>, isAtOnce: boolean): void => {
    const next = { ...draft, ...changes };
    setDraft(next);
    put(next, isAtOnce);
  };
  const choices = choicesOf(outcomes, noted?.code);
  const isChosen = draft.code !== '';
  return (
    <Stack gap={6}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Select
          ref={chooser} flex={1} size="xs" aria-label={text.choose} placeholder={titled(text.choose, 'outcome')} aria-keyshortcuts={SHORTCUTS.outcome} searchable selectFirstOptionOnChange allowDeselect={false}
          nothingFoundMessage={text.noneFits} value={isChosen ? draft.code : null} data={choices.map(({ code, name }) => ({ value: code, label: name }))}
          renderOption={({ option: { value, label } }) => (
            <div>
              <Text size="xs">{label}</Text>
              <Text size="xs" c="dimmed">{choices.find(({ code }) => code === value)?.description}</Text>
            </div>
          )}
          onChange={(code) => { if (code !== null) change({ code }, true); }}
        />
        <Group gap={4} w={92} mih={30} wrap="nowrap" role="status">
          {(state.is === 'saved' || (state.is === 'untouched' && isChosen)) && <Check size={14} aria-hidden />}
          <Text size="xs">{state.is === 'untouched' && isChosen ? text.states.saved : text.states[state.is]}</Text>
        </Group>
      </Group>
      <Textarea
        size="xs" aria-label={text.remark} placeholder={isChosen ? text.remark : text.remarkFirst} disabled={!isChosen} autosize minRows={1} maxRows={5} maxLength={limitsOf(noteOutcome, 'remark').maxLength}
        value={draft.remark} onChange={({ currentTarget }) => { change({ remark: currentTarget.value }, false); }} onBlur={flush}
      />
      {state.is === 'failed' && <FaultAlert error={state.error} onRetry={flush} />}
    </Stack>
  );
}

/** Where an agent notes what came of a call, saved as it is chosen and written. */
export function OutcomeNote({ callId }: { readonly callId: string }) {
  const text = useText(outcomeTexts);
  const { workNo } = useSession();
  const list = useAsked(listOutcomes, {});
  const told = useAsked(showCall, { callId });
  const waiting = <Skeleton height={30} aria-busy />;
  return (
    <Loaded query={list} waiting={waiting}>
      {({ outcomes }) => (outcomes.some(({ enabled }) => enabled)
        ? <Loaded query={told} waiting={waiting}>{({ call }) => <NoteForm key={callId} callId={callId} outcomes={outcomes} noted={call.outcomes.find((one) => one.workNo === workNo)} />}</Loaded>
        : <Text size="sm" c="dimmed">{text.none}. {text.noneHint}</Text>)}
    </Loaded>
  );
}
