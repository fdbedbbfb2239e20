import { Anchor, Badge, Button, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { checkIvrFlowDefinition, deleteIvrFlow, listIvrFlows, showIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { useQuery } from '@tanstack/react-query';
import { Plus, Workflow } from 'lucide-react';
import { useEffect, useState, type MouseEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { targetOf, useNumbers, type NumberWays } from '../administration/numbers/numbers.ts';
import { keyOf, useAsked, useChange } from '../session/asking.ts';
import { api } from '../session/client.ts';
import { useSession } from '../session/session.ts';
import { ConfirmButton } from '../show/confirm-button.tsx';
import { Empty } from '../show/empty.tsx';
import { Page } from '../show/page.tsx';
import { Records, type Column } from '../show/records.tsx';
import { useText } from '../text/catalogue.ts';
import { FlowEditor, type Flow } from './flow-editor.tsx';
import { flowTexts } from './flow-texts.ts';

const FRESH_MS = 30_000;

/** What would be wrong with the flow if it were saved now: a queue may have gone since. Asked for once the row is seen. */
function Problems({ flow: { id, version } }: { readonly flow: Flow }) {
  const text = useText(flowTexts);
  const { ref, inViewport } = useInViewport<HTMLSpanElement>();
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => { if (inViewport) setIsSeen(true); }, [inViewport]);
  const { data, isError } = useQuery({
    queryKey: [...keyOf(checkIvrFlowDefinition, { id, version })], enabled: isSeen && version > 0, staleTime: FRESH_MS,
    queryFn: async () => (await api.ask(checkIvrFlowDefinition, { definition: (await api.ask(showIvrFlow, { id })).definition })).faults.length,
  });
  return (
    <span ref={ref}>
      {version === 0 && <Text span size="sm" fw={600}>{text.noDefinition}</Text>}
      {isError && <Text span size="sm" c="dimmed">{text.unknown}</Text>}
      {data !== undefined && (data === 0 ? <Text span size="sm" c="dimmed">{text.fine}</Text> : <Badge color="red" variant="filled" tt="none">{text.someProblems(data)}</Badge>)}
    </span>
  );
}

function Remove({ flow: { id }, name }: { readonly flow: Flow; readonly name: string }) {
  const text = useText(flowTexts);
  const remove = useChange(deleteIvrFlow, [listIvrFlows]);
  return (
    <ConfirmButton size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ id })}>
      {text.remove}
    </ConfirmButton>
  );
}

/** Which numbers lead to a flow, with the digits behind them; where none does, the way to let one. */
function Numbers({ flow: { id }, numbers }: { readonly flow: Flow; readonly numbers: readonly NumberWays[] | undefined }) {
  const text = useText(flowTexts);
  const leading = numbers?.flatMap(({ code, routes }) => routes.filter((route) => targetOf(route) === `flow:${id}`).map(({ extCode }) => `${code.code}${extCode}`));
  if (leading === undefined || leading.length > 0) return leading?.join(', ');
  return <Anchor component={Link} href="/numbers" size="sm" onClick={(event: MouseEvent) => { event.stopPropagation(); }}>{text.noNumber}</Anchor>;
}

/** The flows of the tenant; each opens in the designer. */
export function FlowList() {
  const text = useText(flowTexts);
  const [, go] = useLocation();
  const mayChange = useSession().permissions.includes('tenant.write');
  const flows = useAsked(listIvrFlows, {});
  const numbers = useNumbers().data;
  const [edited, setEdited] = useState<Flow | 'new' | undefined>();
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const nameOf = ({ description, accessCode }: Flow): string => (description === '' ? text.nameless(accessCode) : description);
  const columns: readonly Column<Flow>[] = [
    { id: 'name', title: text.name, orderBy: nameOf, render: nameOf },
    { id: 'id', title: text.id, width: 70, isNumber: true, orderBy: ({ id }) => id, render: ({ id }) => id },
    { id: 'numbers', title: text.numbers, render: (flow) => <Numbers flow={flow} numbers={numbers} /> },
    { id: 'state', title: text.state, orderBy: ({ loaded }) => Number(loaded), render: ({ loaded }) => <Badge variant="dot" tt="none" color={loaded ? 'teal' : 'gray'}>{loaded ? text.inService : text.outOfService}</Badge> },
    { id: 'maxCalls', title: text.maxCalls, isNumber: true, orderBy: ({ maxCalls }) => maxCalls, render: ({ maxCalls }) => (maxCalls === 0 ? text.noLimit : maxCalls) },
    { id: 'version', title: text.version, width: 90, isNumber: true, orderBy: ({ version }) => version, render: ({ version }) => version },
    { id: 'problems', title: text.problems, render: (flow) => <Problems flow={flow} /> },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      <Records
        label={text.title} rows={flows.data?.flows} idOf={({ id }) => id} columns={columns} error={flows.error} onRetry={() => { void flows.refetch(); }} onOpen={({ id }) => { go(`/flows/${id}`); }}
        actions={mayChange ? (flow) => (
          <>
            <Button size="compact-xs" variant="default" onClick={() => { setEdited(flow); }}>{text.settings}</Button>
            <Remove flow={flow} name={nameOf(flow)} />
          </>
        ) : undefined}
        empty={<Empty icon={Workflow} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {edited !== undefined && <FlowEditor key={edited === 'new' ? 'new' : edited.id} flow={edited === 'new' ? undefined : edited} taken={(flows.data?.flows ?? []).map(({ accessCode }) => accessCode)} isChangeable={mayChange} onClose={() => { setEdited(undefined); }} />}
    </Page>
  );
}
