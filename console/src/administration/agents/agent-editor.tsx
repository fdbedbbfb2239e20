import { PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { listUsers } from '@parley/contract/admin/user.ts';
import { listAgentRoles } from '@parley/contract/admin/workplace.ts';
import { agentAccountCreate, agentAccountQuery, agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { isStrong, makeAccountPassword } from '../accounts/passwords.ts';
import type { Told } from '../accounts/told-password.tsx';
import { useQueues } from '../queues/queues.ts';
import { AgentSignIn } from './agent-sign-in.tsx';
import { AgentSkills } from './agent-skills.tsx';
import { agentTexts } from './agent-texts.ts';
import { AGENT_TYPES, draftOf, NEW_AGENT, settingsOf, suits, type Agent, type Role } from './agents.ts';

export interface AgentEditorProps {
  /** The agent that is changed; undefined for a new one. */
  readonly agent: Agent | undefined;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
  /** A new agent has been made: its work number and its password are to be told. */
  readonly onCreated: (told: Told) => void;
}

/** An agent, new or as it is. */
export function AgentEditor({ agent, isChangeable, onClose, onCreated }: AgentEditorProps) {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  const notice = useNotice();
  const queues = useQueues().data?.data ?? [];
  const roles = useAsked(listAgentRoles, {}).data;
  const { check, typed } = useContractFields(agentAccountCreate);
  const create = useChange(agentAccountCreate, [agentAccountQuery, listUsers]);
  const update = useChange(agentAccountUpdate, [agentAccountQuery, listUsers]);
  const form = useForm({
    initialValues: agent === undefined ? NEW_AGENT : draftOf(agent),
    validate: {
      userAccount: (account) => (agent === undefined ? check('userAccount', words.accountForm)(account) : null),
      userName: check('userName', words.nameForm), email: check('email'), phone: check('phone', words.phoneForm),
      password: (password) => (agent !== undefined || password === '' || isStrong(password) ? null : words.passwordWeak),
      skills: {
        skillId: (id, { agentType, skills }) => {
          if (skills.filter(({ skillId }) => skillId === id).length > 1) return text.queueChosen;
          const queue = queues.find(({ skillId }) => String(skillId) === id);
          return queue === undefined || suits(Number(agentType), queue.mediaTypeId) ? null : text.unsuited;
        },
        agentWeight: check('skills.0.agentWeight'), skillWeight: check('skills.0.agentWeight'),
      },
    },
  });

  const submit = form.onSubmit((draft) => {
    const settings = settingsOf(draft);
    const onError = (error: unknown): void => {
      showRefusal(form, error, { names: { newPassWord: 'password' }, fieldOf: ({ message }) => (message.startsWith('There is an account') ? 'userAccount' : undefined) });
    };
    if (agent !== undefined) {
      update.mutate(settings, { onError, onSuccess: () => { notice.done(words.saved(draft.userName)); onClose(); } });
      return;
    }
    const { phone, ...needed } = settings;
    const password = draft.password === '' ? makeAccountPassword() : draft.password;
    create.mutate({ ...needed, ...(phone === '' ? {} : { phone }), password }, {
      onError, onSuccess: ({ workNo }) => { onCreated({ who: settings.userAccount, password, besides: text.created(workNo) }); },
    });
  });

  return (
    <Editor
      title={agent === undefined ? text.create : `${agent.userName} · ${agent.workNo}`} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable}
      isSaving={create.isPending || update.isPending} error={create.error ?? update.error}
    >
      <TextInput label={words.account} description={agent === undefined ? words.accountHint : undefined} disabled={agent !== undefined} autoComplete="off" data-autofocus {...typed('userAccount')} {...form.getInputProps('userAccount')} />
      <TextInput label={words.name} autoComplete="off" {...typed('userName')} {...form.getInputProps('userName')} />
      <TextInput label={words.email} type="email" autoComplete="off" {...typed('email')} {...form.getInputProps('email')} />
      <TextInput label={words.phone} autoComplete="off" {...typed('phone')} {...form.getInputProps('phone')} />
      {agent === undefined && <PasswordInput label={words.password} description={words.passwordHint} autoComplete="new-password" {...form.getInputProps('password')} />}
      <Select
        label={text.type} allowDeselect={false} {...form.getInputProps('agentType')}
        data={AGENT_TYPES.map((type) => ({ value: String(type), label: `${text.types[type]} – ${text.typeHints[type]}` }))}
      />
      <Select
        label={text.role} allowDeselect={false} description={`${text.roleHints[Number(form.values.ccRoleId) as Role]} ${text.roleHint}`} {...form.getInputProps('ccRoleId')}
        data={(roles?.roles ?? []).map(({ roleId, name }) => ({ value: String(roleId), label: roleId in text.roles ? text.roles[roleId as Role] : name }))}
      />
      <AgentSkills form={form} queues={queues} isChangeable={isChangeable} />
      <Switch label={text.anonymous} {...form.getInputProps('transparentDisplayFlag', { type: 'checkbox' })} />
      {agent !== undefined && isChangeable && <AgentSignIn agent={agent} />}
    </Editor>
  );
}
