import { Button } from '@mantine/core';
import { Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import { deleteSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { QueueEditor } from './queue-editor.tsx';
import { queueTexts } from './queue-texts.ts';
import { useQueues, type Medium, type Queue } from './queues.ts';

function Remove({ queue: { skillId, name } }: { readonly queue: Queue }) {
  const text = useText(queueTexts);
  const remove = useChange(deleteSkill, [querySkills]);
  return (
    <ConfirmButton
      size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error}
      onConfirm={() => remove.mutateAsync({ skillIds: String(skillId) })}
    >
      {text.remove}
    </ConfirmButton>
  );
}

/** The queues of the tenant. The pattern of every list with an editor beside it. */
export function QueuesPage() {
  const text = useText(queueTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const queues = useQueues();
  const [edited, setEdited] = useState<Queue | 'new' | undefined>();
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<Queue>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'id', title: text.id, width: 70, isNumber: true, orderBy: ({ skillId }) => skillId, render: ({ skillId }) => skillId },
    { id: 'description', title: text.description, render: ({ description }) => description },
    { id: 'medium', title: text.medium, render: ({ mediaTypeId }) => text.media[mediaTypeId as Medium] },
    { id: 'maxWaitTime', title: text.maxWaitTime, isNumber: true, orderBy: ({ maxWaitTime }) => maxWaitTime, render: ({ maxWaitTime }) => `${maxWaitTime} s` },
    { id: 'maxWaitNum', title: text.maxWaitNum, isNumber: true, orderBy: ({ maxWaitNum }) => maxWaitNum, render: ({ maxWaitNum }) => maxWaitNum },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={queues.data?.data} idOf={({ skillId }) => skillId} columns={columns} error={queues.error} onRetry={() => { void queues.refetch(); }} onOpen={setEdited}
        actions={mayChange ? (queue) => <Remove queue={queue} /> : undefined}
        empty={<Empty icon={Layers} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {edited !== undefined && <QueueEditor key={edited === 'new' ? 'new' : edited.skillId} queue={edited === 'new' ? undefined : edited} isChangeable={mayChange} onClose={() => { setEdited(undefined); }} />}
    </Page>
  );
}
