import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inOrder, LOGINS, passwordsChanged, takeDraft, wholeOf, type Kept, type TrunkDraft, type TrunkSettings } from './settings.ts';

const bare: TrunkDraft = { name: 'carrier', peers: [{ host: 'sip.example.com', kind: 'UDP' }] };

function kept(draft: TrunkDraft, before?: Kept): Kept {
  const taken = takeDraft(draft, before);
  assert.ok(taken.ok, JSON.stringify(taken));
  return taken.kept;
}

describe('passwords of a trunk', () => {
  const before = kept({ ...bare, registration: { user: 'ann', password: 'one', domain: 'example.com' }, inbound: { user: 'in', password: 'two' } });

  test('stand apart from what is shown', () => {
    assert.deepEqual(before.settings, { ...bare, registration: { user: 'ann', domain: 'example.com' }, inbound: { user: 'in' } });
    assert.deepEqual(before.passwords, { registration: 'one', inbound: 'two' });
  });

  const cases: readonly { readonly name: string; readonly draft: Partial<TrunkDraft>; readonly left: object }[] = [
    { name: 'stay where they are left out', draft: { registration: { user: 'ann' }, inbound: { user: 'in' } }, left: { registration: 'one', inbound: 'two' } },
    { name: 'are replaced where they are given', draft: { registration: { user: 'ann', password: 'new' }, inbound: { user: 'in' } }, left: { registration: 'new', inbound: 'two' } },
    { name: 'go with what they belong to', draft: { inbound: { user: 'in' } }, left: { inbound: 'two' } },
    { name: 'of another user have to be given', draft: { registration: { user: 'bob', password: 'bobs' } }, left: { registration: 'bobs' } },
  ];
  for (const { name, draft, left } of cases) test(name, () => assert.deepEqual(kept({ ...bare, ...draft }, before).passwords, left));

  test('are asked for where none is kept for that user', () => {
    assert.deepEqual(takeDraft({ ...bare, registration: { user: 'bob' } }, before), { ok: false, missing: 'registration.password' });
    assert.deepEqual(takeDraft({ ...bare, credentials: { user: 'ann' } }, before), { ok: false, missing: 'credentials.password' });
    assert.deepEqual(takeDraft({ ...bare, inbound: { user: 'in' } }), { ok: false, missing: 'inbound.password' });
  });

  test('are told of by their names only', () => {
    assert.deepEqual(passwordsChanged({ registration: 'one', inbound: 'two' }, { registration: 'one', inbound: 'new', credentials: 'x' }), ['credentials', 'inbound']);
    assert.deepEqual(passwordsChanged({ registration: 'one' }, {}), ['registration']);
  });

  test('what is taken apart can be put together again, and holds none where it is shown', () => {
    const login = fc.option(fc.record({ user: fc.string(), password: fc.string().map((text) => `§${text}`) }, { noNullPrototype: true }), { nil: undefined });
    fc.assert(fc.property(login, login, login, (...logins) => {
      const draft: Record<string, unknown> = { ...bare };
      for (const [index, name] of LOGINS.entries()) if (logins[index] !== undefined) draft[name] = logins[index];
      const taken = kept(draft as unknown as TrunkDraft);
      assert.deepEqual(wholeOf(taken), draft);
      assert.equal(Object.values(taken.settings).some((part) => typeof part === 'object' && 'password' in part), false);
      // A change in which all are left out changes nothing.
      assert.deepEqual(kept(taken.settings, taken), taken);
    }));
  });
});

test('trunks are tried by priority, then by name', () => {
  const names = (...trunks: readonly Pick<TrunkSettings, 'name' | 'priority'>[]) => inOrder(trunks, (trunk) => trunk).map(({ name }) => name);
  assert.deepEqual(names({ name: 'b' }, { name: 'c', priority: 1 }, { name: 'a', priority: 2 }, { name: 'a' }), ['a', 'b', 'c', 'a']);
});
