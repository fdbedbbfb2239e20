import { NumberInput, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { changeIvrFlow, createIvrFlow, listIvrFlows, showIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useLocation } from 'wouter';
import { useQueues } from '../administration/queues/queues.ts';
import { useChange } from '../session/asking.ts';
import { Editor } from '../show/editor.tsx';
import { useNotice } from '../show/notice.ts';
import { useText } from '../text/catalogue.ts';
import { freeCode } from './flow-codes.ts';
import { flowTexts } from './flow-texts.ts';
import { startingFlow, STARTING_POINTS, type StartingPoint } from './starting-points.ts';

export type Flow = Result<typeof listIvrFlows>['flows'][number];

export interface FlowEditorProps {
  /** The flow that is changed; undefined for a new one. */
  readonly flow: Flow | undefined;
  /** Codes that flows have already. */
  readonly taken: readonly string[];
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

const CODE = /^\d{1,24}$/;
const NEW: { accessCode: string; description: string; loaded: boolean; maxCalls: number; point: StartingPoint } = { accessCode: '', description: '', loaded: true, maxCalls: 0, point: 'menu' };

/** What is said of a flow beside what is in it; of a new one, what it begins with. */
export function FlowEditor({ flow, taken, isChangeable, onClose }: FlowEditorProps) {
  const text = useText(flowTexts);
  const notice = useNotice();
  const [, go] = useLocation();
  const queues = useQueues();
  const create = useChange(createIvrFlow, [listIvrFlows]);
  const change = useChange(changeIvrFlow, [listIvrFlows, showIvrFlow]);
  const form = useForm({
    initialValues: flow === undefined ? { ...NEW, accessCode: freeCode(taken) } : { accessCode: flow.accessCode, description: flow.description, loaded: flow.loaded, maxCalls: flow.maxCalls, point: 'empty' as StartingPoint },
    validate: { accessCode: (code) => (CODE.test(code) ? null : text.accessCodeMissing) },
  });
  const voice = (queues.data?.data ?? []).filter(({ mediaTypeId }) => mediaTypeId === 5).map(({ skillId }) => skillId);
  const needsQueue = flow === undefined && queues.data !== undefined && voice.length === 0;

  const submit = form.onSubmit(({ point, ...settings }) => {
    const name = settings.description || text.nameless(settings.accessCode);
    const done = (message: string): void => {
      notice.done(message);
      onClose();
    };
    if (flow !== undefined) change.mutate({ ...settings, id: flow.id }, { onSuccess: () => { done(text.saved(name)); } });
    else {
      create.mutate({ ...settings, definition: startingFlow(point, text.prompts, voice) }, {
        onSuccess: ({ id }) => {
          done(text.created(name));
          go(`/flows/${id}`);
        },
      });
    }
  });

  return (
    <Editor
      title={flow === undefined ? text.create : text.settings} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable} isSaving={create.isPending || change.isPending} error={create.error ?? change.error}
    >
      <TextInput label={text.name} maxLength={200} data-autofocus {...form.getInputProps('description')} />
      <NumberInput label={text.maxCalls} description={text.maxCallsHint} min={0} allowDecimal={false} {...form.getInputProps('maxCalls')} />
      <Switch label={text.loaded} {...form.getInputProps('loaded', { type: 'checkbox' })} />
      {flow === undefined && (
        <Radio.Group label={text.startWith} {...form.getInputProps('point')}>
          <Stack gap="sm" mt={6}>
            {STARTING_POINTS.map((point) => (
              <Radio key={point} value={point} disabled={needsQueue && (point === 'menu' || point === 'hours')} label={text.points[point]} description={text.pointHints[point]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <TextInput label={text.accessCode} description={text.accessCodeHint} required inputMode="numeric" maxLength={24} {...form.getInputProps('accessCode')} />
      {needsQueue && <Text size="sm" c="dimmed">{text.noQueues}</Text>}
    </Editor>
  );
}
