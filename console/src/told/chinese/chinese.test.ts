import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Type, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { declaredOperations } from '@parley/contract/operations.ts';
import { tellInChinese } from './chinese.ts';
import { configuration } from './configuration.ts';
import { floor } from './floor.ts';
import { flows } from './flows.ts';
import { chats, conferences, gateway, recordings } from './gateway.ts';
import { sentences } from './sentences.ts';
import { standard } from './standard.ts';
import { story } from './story.ts';
import { nouns } from './words.ts';

const FAMILIES: readonly string[] = ['admin', 'configuration', 'gateway', 'gateway-configuration'];
const refusals: Readonly<Record<string, string>> = { ...standard, ...configuration, ...gateway, ...conferences, ...recordings, ...chats };
const inside: Readonly<Record<string, string>> = { ...sentences, ...floor, ...flows, ...story, ...nouns };

const placeholdersOf = (text: string): readonly string[] => Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).toSorted();
const piecesOf = (template: string): readonly string[] => template.replace(/\.$/, '').split(/\{\w+\}/).filter((piece) => /\p{L}{3}/u.test(piece));

/** What operations of the console's families refuse with, but for texts that are nothing but a detail. */
const refused = new Set((await declaredOperations()).filter(({ family }) => FAMILIES.includes(family.id))
  .flatMap(({ family, errors = [], bodyRefusal }) => [...Object.values(family.refusals), ...errors, ...(bodyRefusal === undefined ? [] : [bodyRefusal])])
  .map(({ text }) => text).filter((text) => piecesOf(text).length > 0));

describe('the Chinese of what the server says', () => {
  test('has every refusal that the console can meet, with what it carries', () => {
    assert.ok(refused.size > 150);
    assert.deepEqual([...refused].filter((text) => !Object.hasOwn(refusals, text)), []);
    assert.deepEqual(Object.entries(refusals).filter(([text, told]) => String(placeholdersOf(text)) !== String(placeholdersOf(told))), []);
  });

  test('has none that nobody refuses with any more', () => {
    assert.deepEqual(Object.keys(refusals).filter((text) => !refused.has(text)), []);
  });

  test('carries nothing that the server does not say', () => {
    assert.deepEqual(Object.entries(inside).filter(([text, told]) => placeholdersOf(told).some((name) => !placeholdersOf(text).includes(name))), []);
  });

  test('has only sentences that are said somewhere', () => {
    const root = join(import.meta.dirname, '../../../..');
    const said = globSync('{core,server,telephony}/**/*.ts', { cwd: root, exclude: (name) => name === 'node_modules' })
      .filter((file) => !/\.(test|fixture)\.ts$/.test(file)).map((file) => readFileSync(join(root, file), 'utf8').replaceAll('\\', '')).join('\n').toLowerCase();
    assert.deepEqual(Object.keys(inside).filter((text) => piecesOf(text).map((piece) => piece.toLowerCase()).some((piece) => !said.includes(piece) && !said.includes(piece.replace(' ', '-')))), []);
  });

  const flaws: readonly (readonly [TSchema, unknown, string])[] = [
    [Type.String({ minLength: 1 }), '', '不能为空'], [Type.String({ minLength: 3 }), 'a', '至少 3 个字符'], [Type.String({ maxLength: 2 }), 'abc', '最多 2 个字符'],
    [Type.Integer({ minimum: 101 }), 1, '不能小于 101'], [Type.Integer({ maximum: 9 }), 10, '不能大于 9'], [Type.Integer(), 'a', '须为整数'], [Type.Number(), 'a', '须为数字'],
    [Type.Boolean(), 'a', '须为 true 或 false'], [Type.String(), 1, '须为文本'], [Type.Object({}), 1, '须为对象'], [Type.Array(Type.Integer()), 1, '须为列表'],
    [Type.Array(Type.Integer(), { minItems: 1 }), [], '至少 1 项'], [Type.Array(Type.Integer(), { maxItems: 1 }), [1, 2], '最多 1 项'],
    [Type.Unsafe({ type: ['string', 'object'] }), 1, '须为文本或 object'],
  ];
  for (const [schema, value, told] of flaws) {
    test(`a field that does not fit: ${told}`, () => {
      const [flaw] = Compile(schema).Errors(value);
      assert.equal(tellInChinese(`Wrong parameter: person.name ${flaw?.message}.`), `参数有误：person.name ${told}`);
    });
  }

  const said: readonly (readonly [string, string])[] = [
    ['There is no access code 1000.', '接入码 1000 不存在'],
    ['There is no version of IVR flow 7 3.', 'IVR 流程 7 的版本 3 不存在'],
    ['Access code 1000 is still needed: the route of access code 1000 with extension code 5 leads to it.', '接入码 1000 仍在使用：接入码 1000 加扩展码 5 的路由指向它'],
    ['Agent 101 is signed in already; a forced sign-in would end that session.', '座席 101 已签入，强制签入会结束原会话'],
    ['The request could not be carried out: the other one is not free (102).', '操作无法执行：对方忙（102）'],
    ['No permission: the agent\'s role does not allow it (three-party calls).', '没有权限：座席角色没有此权限（三方通话）'],
    ['Not possible in the agent\'s state (talking).', '座席当前状态下无法操作（通话）'],
    ['There is no agent 107 in this VDN.', '本租户没有座席 107'],
    ['Wrong parameter: node menu, choices must have at least one key; start is missing; and 3 more.', '参数有误：节点 menu，choices 至少需要一个按键；start 未填写；另有 3 处'],
    ['The home area of 1 is not known: nobody has this area code.', '1 归属地未知：区号不存在'],
    ['Wrong parameter: email: a mail address has the form name@domain.', '参数有误：email：邮箱格式须为 name@domain'],
    ['Wrong parameter: the password needs one of ~!@#$%^&*()-_=+\\|[{}];:\'",<.>/?.', '参数有误：密码须包含特殊字符（~!@#$%^&*()-_=+\\|[{}];:\'",<.>/?）'],
    ['Skill queue 5 is still needed: skill queue 7 transfers to it.', '技能队列 5 仍在使用：技能队列 7 转接到它'],
    ['Wrong parameter: trunk a: peer.example cannot be reached by WebSocket; trunk a: a peer is named twice.', '参数有误：中继 a：peer.example 不能使用 WebSocket；中继 a：运营商设备重复'],
    ['The voice file 12 was approved already.', '语音文件 12 已通过审核'],
    ['There is a skill queue named busy already.', '技能队列名称 busy 已存在'],
    ['A voice call began.', '语音通话开始'],
    ['Agent 101 left the call: released (reason 16).', '座席 101 离开通话：挂机（座席挂机）'],
    ['The call was over (cause 531).', '通话结束（客户挂机）'],
    ['The agent has been busy for 40 s (reason 201).', '座席处于示忙状态 40 秒（原因码 201）'],
  ];
  for (const [text, told] of said) test(text, () => { assert.equal(tellInChinese(text), told); });
});
