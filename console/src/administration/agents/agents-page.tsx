import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plus, Search, Users } from 'lucide-react';
import { useState } from 'react';
import { listUsers } from '@parley/contract/admin/user.ts';
import { agentAccountDelete, agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { ToldPassword, type Told } from '../accounts/told-password.tsx';
import { useQueues } from '../queues/queues.ts';
import { AgentEditor } from './agent-editor.tsx';
import { AgentExplanation } from './agent-explanation.tsx';
import { agentTexts } from './agent-texts.ts';
import { useAgents, type Agent, type AgentType, type Role } from './agents.ts';

const TYPING_MS = 300;

function Remove({ agent: { userAccount, userName } }: { readonly agent: Agent }) {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  const remove = useChange(agentAccountDelete, [agentAccountQuery, listUsers]);
  return (
    <ConfirmButton
      size="compact-xs" question={text.removeQuestion(userName)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error}
      onConfirm={() => remove.mutateAsync({ userAccount })}
    >
      {words.remove}
    </ConfirmButton>
  );
}

/** The agents of the tenant: who they are, which queues they work in, and why no call comes to one. */
export function AgentsPage() {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { agents, error, refetch, more } = useAgents(search);
  const queues = useQueues();
  const [edited, setEdited] = useState<Agent | 'new' | undefined>();
  const [explained, setExplained] = useState<Agent>();
  const [told, setTold] = useState<Told>();
  const close = (): void => { setEdited(undefined); };
  const nameOf = new Map(queues.data?.data.map(({ skillId, name }) => [skillId, name]));
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<Agent>[] = [
    { id: 'name', title: words.name, orderBy: ({ userName }) => userName, render: ({ userName }) => userName },
    { id: 'workNo', title: text.workNo, width: 110, isNumber: true, orderBy: ({ workNo }) => workNo, render: ({ workNo }) => workNo },
    { id: 'account', title: words.account, orderBy: ({ userAccount }) => userAccount, render: ({ userAccount }) => userAccount },
    { id: 'role', title: text.role, orderBy: ({ ccRoleId }) => ccRoleId, render: ({ ccRoleId }) => text.roles[ccRoleId as Role] ?? '–' },
    { id: 'type', title: text.type, render: ({ agentType }) => text.types[agentType as AgentType] ?? '–' },
    { id: 'queues', title: text.queues, render: ({ skills }) => skills.map(({ skillId }) => nameOf.get(skillId) ?? skillId).join(', ') || text.noQueues },
    { id: 'sip', title: text.sipAccount, render: ({ sipAccount }) => sipAccount },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <TextInput
        type="search" aria-label={text.search} placeholder={text.search} leftSection={<Search size={16} />} maw={360} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); }}
      />
      <Records
        label={text.title} rows={agents} idOf={({ workNo }) => workNo} columns={columns} error={error} onRetry={refetch} onOpen={setEdited} more={more}
        actions={(agent) => (
          <>
            <Button size="compact-xs" variant="default" onClick={() => { setExplained(agent); }}>{text.explain}</Button>
            {mayChange && <Remove agent={agent} />}
          </>
        )}
        empty={search === ''
          ? <Empty icon={Users} title={text.empty} hint={text.emptyHint} action={create} />
          : <Empty icon={Search} title={words.nothingFound} hint={words.nothingFoundHint} />}
      />
      {edited !== undefined && (
        <AgentEditor
          key={edited === 'new' ? 'new' : edited.workNo} agent={edited === 'new' ? undefined : edited} isChangeable={mayChange} onClose={close}
          onCreated={(made) => { close(); setTold(made); }}
        />
      )}
      {explained !== undefined && <AgentExplanation agent={explained} onClose={() => { setExplained(undefined); }} />}
      {told !== undefined && <ToldPassword told={told} onClose={() => { setTold(undefined); }} />}
    </Page>
  );
}
