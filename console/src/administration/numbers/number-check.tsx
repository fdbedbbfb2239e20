import { Alert, Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { matchAccessCode } from '@parley/contract/admin/access-code.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { numberTexts } from './number-texts.ts';

type Match = Result<typeof matchAccessCode>;
type Considered = Match['considered'][number];

function Outcome({ match: { dialled, outcome, route, ignoredDigits = '', considered } }: { readonly match: Match }) {
  const text = useText(numberTexts);
  const { result } = text;
  const nameOf = ({ target: { kind, name } }: Considered['route']): string => text[kind](name);
  const columns: readonly Column<Considered>[] = [
    { id: 'number', title: text.number, render: (one) => one.route.accessCode + one.route.extCode },
    { id: 'target', title: text.leadsTo, render: (one) => nameOf(one.route) },
    { id: 'why', title: '', render: (one) => (one.route.id === route?.id ? text.taken : one.matches ? text.matches : text.misses) },
  ];
  if (outcome === 'route' && route !== undefined) {
    return (
      <>
        <Alert color="teal" icon={<CircleCheck />} title={result.route(dialled, result[route.target.kind](route.target.name))} role="status">
          {result.by(route.accessCode, route.extCode)} {ignoredDigits !== '' && result.ignored(ignoredDigits)}
        </Alert>
        {considered.length > 1 && (
          <>
            <Text size="sm" fw={500}>{text.considered}</Text>
            <Records label={text.considered} rows={considered} idOf={(one) => one.route.id} columns={columns} empty={null} />
          </>
        )}
      </>
    );
  }
  const [title, hint] = outcome === 'other-tenant' ? [result.otherTenant(dialled), result.otherTenantHint]
    : outcome === 'no-access-code' ? [result.noCode(dialled), result.noCodeHint] : [result.noRoute(dialled), result.noRouteHint];
  return <Alert color="yellow" icon={<TriangleAlert />} title={title} role="status">{hint}</Alert>;
}

/** Tells where a call to a number would go, without calling it. */
export function NumberCheck() {
  const text = useText(numberTexts);
  const { check, typed } = useContractFields(matchAccessCode);
  const matching = useChange(matchAccessCode);
  const [match, setMatch] = useState<Match>();
  const form = useForm({ initialValues: { dialled: '' }, validate: { dialled: check('dialled', text.numberForm) } });
  const submit = form.onSubmit((input) => { matching.mutate(input, { onSuccess: setMatch, onError: () => { setMatch(undefined); } }); });
  return (
    <Card withBorder padding="md">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Title order={2} size="h5">{text.check}</Title>
          <Group align="flex-start" gap="xs">
            <TextInput aria-label={text.dialled} placeholder={text.dialled} inputMode="tel" w={280} maxLength={typed('dialled').maxLength} {...form.getInputProps('dialled')} />
            <Button type="submit" variant="default" loading={matching.isPending}>{text.checkNow}</Button>
          </Group>
          {matching.error !== null && <FaultAlert error={matching.error} />}
          {match !== undefined && <Outcome match={match} />}
        </Stack>
      </form>
    </Card>
  );
}
