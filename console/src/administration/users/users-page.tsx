import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plus, Search, UserCog } from 'lucide-react';
import { useState } from 'react';
import { unlockAccount } from '@parley/contract/admin/agent-account.ts';
import { changeUser, createUser, deleteUser, listUsers, resetUserPassword, showUser } from '@parley/contract/admin/user.ts';
import { useAskedByPage, useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { PeopleTable } from '../accounts/people-table.tsx';
import { TENANT_ROLES, type PeopleChanges, type Person, type TenantRole } from '../accounts/people.ts';
import { PersonEditor } from '../accounts/person-editor.tsx';
import { roleTexts } from '../accounts/role-texts.ts';
import { ToldPassword, type Told } from '../accounts/told-password.tsx';
import { userTexts } from './user-texts.ts';

const TYPING_MS = 300;
const TOUCHED = [listUsers, showUser];

function useUserChanges(): PeopleChanges {
  return {
    create: useChange(createUser, TOUCHED), change: useChange(changeUser, TOUCHED), remove: useChange(deleteUser, TOUCHED), reset: useChange(resetUserPassword, TOUCHED),
    unlock: useChange(unlockAccount, TOUCHED), createOperation: createUser, hasRoles: true,
  };
}

/** The accounts of the tenant. */
export function UsersPage() {
  const text = useText(userTexts);
  const words = useText(accountTexts);
  const roles = useText(roleTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const changes = useUserChanges();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const [role, setRole] = useState<TenantRole | null>(null);
  const users = useAskedByPage(listUsers, { ...(search === '' ? {} : { search }), ...(role === null ? {} : { role }) }, 'after');
  const people = users.data?.pages.flatMap((page) => page.users);
  const [account, setAccount] = useState<string>();
  const [told, setTold] = useState<Told>();
  const close = (): void => { setAccount(undefined); };
  const edited: Person | undefined = people?.find((person) => person.account === account);
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setAccount(''); }}>{text.create}</Button>;
  const isSearched = search !== '' || role !== null;
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Group>
        <TextInput
          type="search" aria-label={words.search} placeholder={words.search} leftSection={<Search size={16} />} w={320} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); }}
        />
        <Select
          aria-label={roles.role} placeholder={roles.all} clearable value={role} data={TENANT_ROLES.map((one) => ({ value: one, label: roles.roles[one] }))}
          onChange={(value) => { setRole(value); }}
        />
      </Group>
      <PeopleTable
        label={text.title} rows={people} error={users.error} onRetry={() => { void users.refetch(); }} changes={changes} mayChange={mayChange} onOpen={(person) => { setAccount(person.account); }}
        more={{ isThere: users.hasNextPage, isLoading: users.isFetchingNextPage, show: () => { void users.fetchNextPage(); } }}
        removal={{ question: text.removeQuestion, consequence: text.removeMeans }}
        empty={isSearched ? <Empty icon={Search} title={words.nothingFound} hint={words.nothingFoundHint} /> : <Empty icon={UserCog} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {account !== undefined && (account === '' || edited !== undefined) && (
        <PersonEditor key={account} person={edited} newTitle={text.create} changes={changes} isChangeable={mayChange} onClose={close} onTold={setTold} />
      )}
      {told !== undefined && <ToldPassword told={told} onClose={() => { setTold(undefined); }} />}
    </Page>
  );
}
