import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Records, type Column, type RecordsProps } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from './account-texts.ts';
import { stateOf, type PeopleChanges, type Person, type PersonState } from './people.ts';
import { roleTexts } from './role-texts.ts';

const COLOURS: Readonly<Record<PersonState, string>> = { on: 'teal', off: 'gray', locked: 'red', expired: 'yellow' };

export interface PeopleTableProps extends Pick<RecordsProps<Person>, 'label' | 'rows' | 'error' | 'onRetry' | 'more' | 'empty'> {
  readonly changes: PeopleChanges;
  readonly mayChange: boolean;
  readonly onOpen: (person: Person) => void;
  readonly removal: { readonly question: (name: string) => string; readonly consequence: string };
}

/** Accounts, with how each stands. Nobody deletes the account they are signed in with. */
export function PeopleTable({ changes: { remove, hasRoles }, mayChange, removal, ...table }: PeopleTableProps) {
  const text = useText(accountTexts);
  const roles = useText(roleTexts);
  const own = useSession().account;
  const columns: readonly Column<Person>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'account', title: text.account, orderBy: ({ account }) => account, render: ({ account }) => account },
    ...(hasRoles ? [{ id: 'role', title: roles.role, orderBy: ({ role }: Person) => role, render: ({ role }: Person) => roles.roles[role] }] : []),
    { id: 'email', title: text.email, render: ({ email }) => email },
    { id: 'phone', title: text.phone, render: ({ phone }) => phone },
    { id: 'state', title: text.state, orderBy: stateOf, render: (person): ReactNode => <Badge color={COLOURS[stateOf(person)]} variant="light">{text[stateOf(person)]}</Badge> },
  ];
  return (
    <Records
      {...table} idOf={({ account }) => account} columns={columns}
      actions={mayChange ? ({ account, name }) => account !== own && (
        <ConfirmButton
          size="compact-xs" question={removal.question(name)} consequence={removal.consequence} isBusy={remove.isPending} error={remove.error}
          onConfirm={() => remove.mutateAsync({ account })}
        >
          {text.remove}
        </ConfirmButton>
      ) : undefined}
    />
  );
}
