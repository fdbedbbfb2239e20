import { Fieldset, Skeleton, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { listOrders, setCustomer, showCustomer } from '@parley/contract/admin/order.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useQuery } from '@tanstack/react-query';
import { keyOf, useAsked, useChange } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { faultOf } from '../../session/fault.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { Records, type Column } from '../../show/records.tsx';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { tenantTexts } from './tenant-texts.ts';
import type { Tenant } from './tenants.ts';

type Order = Result<typeof listOrders>['orders'][number];
type Customer = Pick<Result<typeof showCustomer>, 'company' | 'contact' | 'phone' | 'email' | 'trialUntil'>;
const NOBODY: Customer = { company: '', contact: '', phone: '', email: '' };

interface CustomerEditorProps {
  readonly tenant: Tenant;
  readonly onClose: () => void;
}

/** Of a tenant nothing may have been put down yet. */
async function readCustomer(vdnId: number): Promise<Customer> {
  try {
    return await api.ask(showCustomer, { vdnId });
  } catch (error) {
    if (faultOf(error).status === 404) return NOBODY;
    throw error;
  }
}

function CustomerForm({ tenant: { vdnId, name }, customer, onClose }: CustomerEditorProps & { readonly customer: Customer }) {
  const text = useText(tenantTexts);
  const format = useFormat();
  const notice = useNotice();
  const orders = useAsked(listOrders, { vdnId });
  const save = useChange(setCustomer, [showCustomer]);
  const { check, typed } = useContractFields(setCustomer);
  const { company, contact, phone, email, trialUntil } = customer;
  const form = useForm({
    initialValues: { company, contact, phone, email }, validate: { company: check('company'), contact: check('contact'), phone: check('phone', text.phoneForm), email: check('email') },
  });
  const submit = form.onSubmit((draft) => {
    save.mutate({ vdnId, ...draft, ...(trialUntil === undefined ? {} : { trialUntil }) }, {
      onSuccess: () => { notice.done(text.customerSaved); onClose(); }, onError: (error) => { showRefusal(form, error); },
    });
  });
  const columns: readonly Column<Order>[] = [
    { id: 'resource', title: text.resource, render: ({ resource }) => resource },
    { id: 'amount', title: text.amount, isNumber: true, render: ({ amount }) => amount },
    { id: 'until', title: text.until, render: ({ endsAt }) => (endsAt === 0 ? text.forEver : format.date(endsAt)) },
    { id: 'state', title: text.state, render: ({ status }) => text.orderStates[status] },
  ];
  return (
    <Editor title={text.customerTitle(name)} isOpen onClose={onClose} onSubmit={submit} isSaving={save.isPending} error={save.error}>
      <TextInput label={text.company} data-autofocus {...typed('company')} {...form.getInputProps('company')} />
      <TextInput label={text.contact} {...typed('contact')} {...form.getInputProps('contact')} />
      <TextInput label={text.phone} {...typed('phone')} {...form.getInputProps('phone')} />
      <TextInput label={text.email} type="email" {...typed('email')} {...form.getInputProps('email')} />
      <Fieldset legend={text.orders}>
        <Records label={text.orders} rows={orders.data?.orders} idOf={({ id }) => id} columns={columns} error={orders.error} empty={text.noOrders} />
      </Fieldset>
    </Editor>
  );
}

/** Who a tenant is, and what it has ordered. */
export function CustomerEditor({ tenant, onClose }: CustomerEditorProps) {
  const text = useText(tenantTexts);
  const { vdnId, name } = tenant;
  const { data, error } = useQuery({ queryKey: [...keyOf(showCustomer, { vdnId }), 'or nobody'], queryFn: () => readCustomer(vdnId) });
  if (data !== undefined) return <CustomerForm tenant={tenant} customer={data} onClose={onClose} />;
  return (
    <Editor title={text.customerTitle(name)} isOpen onClose={onClose} onSubmit={(event) => { event.preventDefault(); }} isSaving={false} error={error} isChangeable={false}>
      {error === null && <Skeleton height={200} />}
    </Editor>
  );
}
