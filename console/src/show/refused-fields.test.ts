import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refused } from '@parley/contract/client.ts';
import { tellIn } from '../told/told.ts';
import { showRefusal, type RefusedFields } from './refused-fields.ts';

const VALUES = { account: 'ann', password: '', skills: [{ skillId: 1, agentWeight: 0 }], busy: 'release' };
const adminRefusal = (code: string, message: string, field?: string): Refused => new Refused('op', 400, { error: { code, message, field } });
const configurationRefusal = (message: string): Refused => new Refused('op', 200, { resultCode: '1', resultMessage: message });
const queueRefusal = (message: string): Refused => new Refused('op', 200, { returnCode: '1', description: message });

/** What the form shows of a refusal: the field and the words. */
function shown(error: unknown, fields?: RefusedFields): readonly string[] {
  const told: string[] = [];
  const isShown = showRefusal({ getValues: () => VALUES, setFieldError: (path, message) => { told.push(path, message); } }, error, fields);
  assert.equal(isShown, told.length > 0);
  return told;
}

describe('a refusal is shown in a form', () => {
  test('at the field that the answer names', () => {
    assert.deepEqual(shown(adminRefusal('invalid', 'Wrong parameter: too short.', 'password')), ['password', 'Wrong parameter: too short.']);
  });

  test('at the field that the message of chapter 5 begins with', () => {
    assert.equal(shown(configurationRefusal('password: the password needs a digit.'))[0], 'password');
    assert.equal(shown(configurationRefusal('Wrong parameter: account must NOT have fewer than 6 characters.'))[0], 'account');
    assert.equal(shown(configurationRefusal('Wrong parameter: skills[0].agentWeight must be >= 1.'))[0], 'skills.0.agentWeight');
  });

  test('in the language of the page', async () => {
    await tellIn('zh');
    assert.deepEqual(shown(configurationRefusal('Wrong parameter: account must NOT have fewer than 6 characters.')), ['account', '参数有误：account 至少 6 个字符']);
    await tellIn('en');
  });

  test('at a field that the form calls otherwise', () => {
    assert.equal(shown(queueRefusal('skillParam.busy: there is no queue 9.'), { names: { 'skillParam.busy': 'busy' } })[0], 'busy');
  });

  test('at the field that the page says it is about, where the answer names none', () => {
    const fields: RefusedFields = { fieldOf: ({ code }) => (code === 'exists' ? 'account' : undefined) };
    assert.equal(shown(adminRefusal('exists', 'There is a account ann already.'), fields)[0], 'account');
    assert.deepEqual(shown(adminRefusal('conflict', 'Not now.'), fields), []);
  });

  test('at none where the form has no such field, and where there was no answer', () => {
    assert.deepEqual(shown(adminRefusal('invalid', 'Wrong parameter.', 'nickname')), []);
    assert.deepEqual(shown(new TypeError('fetch failed')), []);
  });
});
