import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { enterDemo, showDemo } from '@parley/contract/admin/demo.ts';
import type { Result } from '@parley/contract/operation.ts';
import { api } from '../session/client.ts';
import { faultOf } from '../session/fault.ts';

export type DemoView = Result<typeof showDemo>;
export type Person = DemoView['people'][number];
type Customer = NonNullable<DemoView['customer']>;

/** Who and what there is in the demo; null where the link is that of an earlier start, which says nothing of the session that one may have. */
async function show(token: string): Promise<DemoView | null> {
  try {
    return await api.ask(showDemo, { token });
  } catch (error) {
    if (faultOf(error).isSessionOver) return null;
    throw error;
  }
}

export const useDemo = (token: string | undefined): UseQueryResult<DemoView | null> =>
  useQuery({ queryKey: [showDemo.id, token], enabled: token !== undefined, queryFn: () => show(token ?? '') });

/** Begins the session of one of the people. Nothing of whom one was before may linger in the page, so it is loaded anew. */
export async function be(token: string, account: string): Promise<void> {
  await api.ask(enterDemo, { token, account });
  location.assign('/console/');
}

/** The page from which a customer calls, with what it may call. */
export function customerPage({ widgetKey, numbers }: Customer): string {
  const query = new URLSearchParams({ key: widgetKey });
  for (const { code, name } of numbers) {
    query.append('number', code);
    query.append('name', name);
  }
  return `/widget/customer.html?${query.toString()}`;
}
