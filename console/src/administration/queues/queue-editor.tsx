import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createSkill, modifySkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { useChange } from '../../session/asking.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { useFlows } from '../flows.ts';
import { queueTexts } from './queue-texts.ts';
import { draftOf, hasVoice, MEDIA, NEW_QUEUE, skillParamOf, useQueues, type Medium, type Queue } from './queues.ts';

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
  const form = useForm({
    initialValues: queue === undefined ? NEW_QUEUE : draftOf(queue),
    validate: { name: (name) => (name.trim() === '' ? text.nameMissing : null), description: (description) => (description.trim() === '' ? text.descriptionMissing : null) },
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
    if (queue === undefined) create.mutate({ ...settings, name: draft.name, mediaTypeId: Number(draft.medium) as Medium }, { onSuccess });
    else modify.mutate({ ...settings, skillId: queue.skillId }, { onSuccess });
  });

  return (
    <Editor
      title={queue === undefined ? text.create : queue.name} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable}
      isSaving={create.isPending || modify.isPending} error={create.error ?? modify.error}
    >
      <TextInput label={text.name} required disabled={queue !== undefined} maxLength={20} data-autofocus {...form.getInputProps('name')} />
      <Textarea label={text.description} required maxLength={50} autosize {...form.getInputProps('description')} />
      <Select label={text.medium} disabled={queue !== undefined} allowDeselect={false} data={MEDIA.map((medium) => ({ value: String(medium), label: text.media[medium] }))} {...form.getInputProps('medium')} />
      <NumberInput label={text.maxWaitTime} suffix=" s" min={0} max={60_000} {...form.getInputProps('maxWaitTime')} />
      <NumberInput label={text.maxWaitNum} min={0} max={10_000} {...form.getInputProps('maxWaitNum')} />
      <NumberInput label={text.maxAgentWrapupTime} suffix=" s" min={0} max={3600} {...form.getInputProps('maxAgentWrapupTime')} />
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
