import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createSkill, modifySkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { useFlows } from '../flows.ts';
import { queueTexts } from './queue-texts.ts';
import { draftOf, hasVoice, MEDIA, NEW_QUEUE, skillParamOf, useQueues, type Medium, type Queue } from './queues.ts';

/** What the form calls the settings of 5.2.1. */
const SETTINGS = { 'skillParam.noAgents': 'noAgents', 'skillParam.busy': 'busy', 'skillParam.timeOut': 'timeOut', 'skillParam.waitVoice': 'waitFlow' } as const;
const NAME_TAKEN = /^There is a skill queue named/;

export interface QueueEditorProps {
  /** The queue that is changed; undefined for a new one. */
  readonly queue: Queue | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

/** A queue, new or as it is. */
export function QueueEditor({ queue, isChangeable, onClose }: QueueEditorProps) {
  const text = useText(queueTexts);
  const notice = useNotice();
  const queues = useQueues();
  const flows = useFlows();
  const create = useChange(createSkill, [querySkills]);
  const modify = useChange(modifySkill, [querySkills]);
  const { check, typed, numeric } = useContractFields(createSkill);
  const form = useForm({
    initialValues: queue === undefined ? NEW_QUEUE : draftOf(queue),
    validate: {
      name: (name) => (queue === undefined ? check('name', text.nameForm)(name) : null), description: check('description'),
      maxWaitTime: check('maxWaitTime'), maxWaitNum: check('maxWaitNum'), maxAgentWrapupTime: check('maxAgentWrapupTime'),
    },
  });
  const isVoice = hasVoice(Number(form.values.medium));
  const diversions = [
    { value: 'release', label: text.release },
    ...(queues.data?.data ?? []).filter(({ skillId }) => skillId !== queue?.skillId).map(({ skillId, name }) => ({ value: `queue:${skillId}`, label: text.toQueue(name) })),
    ...(isVoice ? flows.data?.flows ?? [] : []).map(({ id, description, accessCode }) => ({ value: `flow:${id}`, label: text.toFlow(description || accessCode) })),
  ];

  const submit = form.onSubmit((draft) => {
    const { description, maxWaitTime, maxWaitNum, maxAgentWrapupTime } = draft;
    const settings = { description, maxWaitTime, maxWaitNum, maxAgentWrapupTime, skillParam: skillParamOf(draft) };
    const onSuccess = (): void => {
      notice.done(text.saved(draft.name));
      onClose();
    };
    const onError = (error: unknown): void => { showRefusal(form, error, { names: SETTINGS, fieldOf: ({ message }) => (NAME_TAKEN.test(message) ? 'name' : undefined) }); };
    if (queue === undefined) create.mutate({ ...settings, name: draft.name.trim(), mediaTypeId: Number(draft.medium) as Medium }, { onSuccess, onError });
    else modify.mutate({ ...settings, skillId: queue.skillId }, { onSuccess, onError });
  });

  return (
    <Editor
      title={queue === undefined ? text.create : queue.name} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable}
      isSaving={create.isPending || modify.isPending} error={create.error ?? modify.error}
    >
      <TextInput label={text.name} description={text.fixed} disabled={queue !== undefined} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <Textarea label={text.description} autosize {...typed('description')} {...form.getInputProps('description')} />
      <Select label={text.medium} description={text.fixed} disabled={queue !== undefined} allowDeselect={false} data={MEDIA.map((medium) => ({ value: String(medium), label: text.media[medium] }))} {...form.getInputProps('medium')} />
      <NumberInput label={text.maxWaitTime} suffix=" s" {...numeric('maxWaitTime')} {...form.getInputProps('maxWaitTime')} />
      <NumberInput label={text.maxWaitNum} {...numeric('maxWaitNum')} {...form.getInputProps('maxWaitNum')} />
      <NumberInput label={text.maxAgentWrapupTime} suffix=" s" {...numeric('maxAgentWrapupTime')} {...form.getInputProps('maxAgentWrapupTime')} />
      <Select label={text.noAgents} data={diversions} allowDeselect={false} searchable {...form.getInputProps('noAgents')} />
      <Select label={text.busy} data={diversions} allowDeselect={false} searchable {...form.getInputProps('busy')} />
      <Select label={text.timeOut} data={diversions} allowDeselect={false} searchable {...form.getInputProps('timeOut')} />
      {isVoice && (
        <>
          <Select
            label={text.waitFlow} searchable allowDeselect={false} {...form.getInputProps('waitFlow')}
            data={[{ value: '', label: text.music }, ...(flows.data?.flows ?? []).map(({ id, description, accessCode }) => ({ value: String(id), label: description || accessCode }))]}
          />
          <Switch label={text.announcesAgent} {...form.getInputProps('announcesAgent', { type: 'checkbox' })} />
        </>
      )}
    </Editor>
  );
}
