import { Stack } from '@mantine/core';
import { listIvrNodeTypes, showIvrFlow, showIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import { useMemo } from 'react';
import { useAsked } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { Loaded } from '../../show/loaded.tsx';
import { useText } from '../../text/catalogue.ts';
import { flowTexts } from '../flow-texts.ts';
import { kindsOf } from '../graph/control.ts';
import { Designer } from './designer.tsx';

/** Reads what the designer needs of one flow. */
export function DesignerPage({ id }: { readonly id: number }) {
  const text = useText(flowTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  const flow = useAsked(showIvrFlow, { id });
  const version = useAsked(showIvrFlowDefinition, { id });
  const types = useAsked(listIvrNodeTypes, {});
  const kinds = useMemo(() => (types.data === undefined ? undefined : kindsOf(types.data)), [types.data]);
  const error = flow.error ?? types.error;
  if (error !== null && (flow.data === undefined || types.data === undefined)) {
    return <Stack p="md"><FaultAlert error={error} onRetry={() => { void Promise.all([flow.refetch(), types.refetch()]); }} /></Stack>;
  }
  return (
    <Loaded query={version}>
      {(read) => (flow.data === undefined || kinds === undefined ? null : (
        <Designer key={id} read={read} name={flow.data.description === '' ? text.nameless(flow.data.accessCode) : flow.data.description} kinds={kinds} mayChange={mayChange} />
      ))}
    </Loaded>
  );
}
