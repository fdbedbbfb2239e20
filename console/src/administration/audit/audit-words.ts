import { listInstallationKeys, listKeys } from '@parley/contract/admin/key.ts';
import { listOperators, listUsers } from '@parley/contract/admin/user.ts';
import { useAsked } from '../../session/asking.ts';
import { useText } from '../../text/catalogue.ts';
import { auditTexts, kindTexts } from './audit-texts.ts';
import { actorIn, nameIn, type Entry } from './audit.ts';

/** As many as are answered at once. */
const MOST = 1000;

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface AuditWords {
  readonly whoOf: (actor: string) => string;
  readonly kindOf: (what: string) => string;
  readonly thingOf: (entry: Entry) => string;
  /** Who may have changed something: the people and the keys that there are. */
  readonly actors: readonly Choice[];
  readonly kinds: readonly Choice[];
}

const byLabel = (one: Choice, other: Choice): number => one.label.localeCompare(other.label);

/** What is known of who and what stands in a trail, by name. */
export function useAuditWords(isOfInstallation: boolean): AuditWords {
  const text = useText(auditTexts);
  const names: Readonly<Record<string, string>> = useText(kindTexts);
  const users = useAsked(listUsers, { limit: MOST }, { enabled: !isOfInstallation }).data?.users ?? [];
  const operators = useAsked(listOperators, { limit: MOST }, { enabled: isOfInstallation }).data?.users ?? [];
  const tenantKeys = useAsked(listKeys, {}, { enabled: !isOfInstallation }).data?.keys ?? [];
  const installationKeys = useAsked(listInstallationKeys, {}, { enabled: isOfInstallation }).data?.keys ?? [];
  const people = new Map([...users, ...operators].map(({ account, name }) => [account, name]));
  const keys = new Map([...tenantKeys, ...installationKeys].map(({ keyId, label }) => [keyId, label || keyId]));

  const personOf = (account: string): string => text.person(people.get(account) ?? account, account);
  const told: Readonly<Record<string, (name: string) => string>> = text.actors;
  const whoOf = (actor: string): string => {
    const { kind, id } = actorIn(actor);
    const name = kind === 'user' || kind === 'operator' ? personOf(id) : kind === 'key' ? keys.get(id) ?? id : id;
    return told[kind]?.(name) ?? actor;
  };
  const kindOf = (what: string): string => names[what] ?? what;
  const actors = [
    ...users.map(({ account }) => `user:${account}`), ...operators.map(({ account }) => `operator:${account}`), ...[...keys.keys()].map((id) => `key:${id}`), 'demo', 'parley',
  ];
  return {
    whoOf, kindOf,
    thingOf: (entry) => {
      const name = nameIn(entry);
      return text.entry(kindOf(entry.what), people.get(entry.what === 'account' ? entry.whatId : name) ?? name, entry.whatId);
    },
    actors: actors.map((value) => ({ value, label: whoOf(value) })).toSorted(byLabel),
    kinds: Object.keys(names).map((value) => ({ value, label: kindOf(value) })).toSorted(byLabel),
  };
}
