import { Button } from '@mantine/core';
import { Plus, UserCog } from 'lucide-react';
import { useState } from 'react';
import { changeOperator, createOperator, deleteOperator, listOperators, resetOperatorPassword } from '@parley/contract/admin/user.ts';
import { useAskedByPage, useChange } from '../../session/asking.ts';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { catalogue, useText } from '../../text/catalogue.ts';
import { PeopleTable } from '../accounts/people-table.tsx';
import type { PeopleChanges } from '../accounts/people.ts';
import { PersonEditor } from '../accounts/person-editor.tsx';
import { ToldPassword, type Told } from '../accounts/told-password.tsx';

const texts = catalogue({
  en: {
    title: 'Operators', about: 'Who runs the installation: its tenants, its trunks, and everything of every tenant.', create: 'New operator', empty: 'No operators', emptyHint: 'Make one for everybody who runs the installation.',
    removeQuestion: (name: string) => `Delete the operator ${name}?`, removeMeans: 'Sessions end at once. The last operator who can sign in stays.',
  },
  zh: {
    title: '系统管理员', about: '负责整个系统的人员：管理所有租户、中继以及各租户的全部内容。', create: '新建系统管理员', empty: '没有系统管理员', emptyHint: '请为负责系统的人员新建账号。',
    removeQuestion: (name: string) => `删除系统管理员 ${name}？`, removeMeans: '其会话立即结束。最后一个可登录的系统管理员不能删除。',
  },
});
const TOUCHED = [listOperators];

function useOperatorChanges(): PeopleChanges {
  return {
    create: useChange(createOperator, TOUCHED), change: useChange(changeOperator, TOUCHED), remove: useChange(deleteOperator, TOUCHED), reset: useChange(resetOperatorPassword, TOUCHED),
    createOperation: createOperator, hasRoles: false,
  };
}

/** The operators of the installation. Only they see this page, and each may change it. */
export function OperatorsPage() {
  const text = useText(texts);
  const changes = useOperatorChanges();
  const operators = useAskedByPage(listOperators, {}, 'after');
  const people = operators.data?.pages.flatMap(({ users }) => users);
  const [account, setAccount] = useState<string>();
  const [told, setTold] = useState<Told>();
  const edited = people?.find((person) => person.account === account);
  const create = <Button leftSection={<Plus size={16} />} onClick={() => { setAccount(''); }}>{text.create}</Button>;
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <PeopleTable
        label={text.title} rows={people} error={operators.error} onRetry={() => { void operators.refetch(); }} changes={changes} mayChange onOpen={(person) => { setAccount(person.account); }}
        more={{ isThere: operators.hasNextPage, isLoading: operators.isFetchingNextPage, show: () => { void operators.fetchNextPage(); } }}
        removal={{ question: text.removeQuestion, consequence: text.removeMeans }} empty={<Empty icon={UserCog} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {account !== undefined && (account === '' || edited !== undefined) && (
        <PersonEditor key={account} person={edited} newTitle={text.create} changes={changes} isChangeable onClose={() => { setAccount(undefined); }} onTold={setTold} />
      )}
      {told !== undefined && <ToldPassword told={told} onClose={() => { setTold(undefined); }} />}
    </Page>
  );
}
