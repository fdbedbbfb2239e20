import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { admits, draftOf, NEW_ROUTE, planRoutes, settingsOf, waysOf, type AccessCode, type CalledRoute, type RouteDraft } from './numbers.ts';

const code: AccessCode = { id: '1', code: '1000', media: 5, direction: 3, serviceNumber: '', description: 'Hotline', routes: 2 };
const route = (dnid: number, extCode: string, deviceid: number, more: Partial<CalledRoute> = {}): CalledRoute =>
  ({ id: `90${dnid}`, dnid, accessCode: '1000', mediatypeId: 5, extCode, devicetype: 1, deviceid, deviceDesc: `Q${deviceid}`, editable: '0', ...more });
const sales = route(1, '', 1);
const support = route(2, '2', 2);
const ways = { code, routes: [sales, support] };
/** Queues 1 and 2 are of voice, 9 of video. */
const plan = (drafts: readonly RouteDraft[], existing: readonly CalledRoute[] = ways.routes, shown: readonly CalledRoute[] = ways.routes) =>
  planRoutes({ existing, shown, drafts, codeMedium: 5, mediumOfQueue: (id) => (id === 9 ? 19 : 5) });

test('numbers are shown with their routes, the one without an extension last', () => {
  const [first, second] = waysOf([code, { ...code, id: '2', code: '2000' }], [sales, support, route(3, '21', 1)]);
  assert.deepEqual(first?.routes.map(({ extCode }) => extCode), ['21', '2', '']);
  assert.deepEqual(second?.routes, []);
});

test('a number in the form is what it is on the wire', () => {
  assert.deepEqual(settingsOf(draftOf(ways)), { description: 'Hotline', serviceNumber: '', media: 5, direction: 3 });
  assert.deepEqual(draftOf(ways).routes, [{ id: '901', extCode: '', target: 'queue:1' }, { id: '902', extCode: '2', target: 'queue:2' }]);
});

test('a number of calls leads to queues of voice and video only', () => {
  assert.deepEqual([5, 19, 53, 2, 18].filter((medium) => admits(5, medium)), [5, 19]);
});

describe('the steps from the routes that are there to those of the form', () => {
  const [first = NEW_ROUTE, second = NEW_ROUTE] = draftOf(ways).routes;

  test('are none where nothing has changed', () => { assert.deepEqual(plan([first, second]), []); });

  test('lead a route elsewhere in its place', () => {
    assert.deepEqual(plan([{ ...first, target: 'queue:2' }, second]), [{ kind: 'lead', id: '901', row: 0, devicetype: 1, deviceid: 2 }]);
    assert.deepEqual(plan([first, { ...second, target: 'flow:7' }]), [{ kind: 'lead', id: '902', row: 1, devicetype: 3, deviceid: 7 }]);
  });

  test('make another one where the medium or the extension changes, after the old one has gone', () => {
    assert.deepEqual(plan([{ ...first, target: 'queue:9' }, second]), [
      { kind: 'remove', dnid: 1, row: 0 }, { kind: 'make', extCode: '', mediaTypeId: 19, row: 0, devicetype: 1, deviceid: 9 },
    ]);
    assert.deepEqual(plan([first, { ...second, extCode: '3' }]).map(({ kind }) => kind), ['remove', 'make']);
  });

  test('remove what was taken away before they make what is new', () => {
    assert.deepEqual(plan([second, { id: '', extCode: '', target: 'flow:4' }]), [
      { kind: 'remove', dnid: 1, row: undefined }, { kind: 'make', extCode: '', mediaTypeId: 5, row: 1, devicetype: 3, deviceid: 4 },
    ]);
  });

  test('do not make again what a try before has made', () => {
    assert.deepEqual(plan([{ id: '', extCode: '', target: 'queue:1' }, { id: '', extCode: '5', target: 'queue:2' }], [], []).map(({ row }) => row), [0, 1]);
    assert.deepEqual(plan([first, second, { id: '', extCode: '5', target: 'queue:2' }], [sales, support, route(3, '5', 2)]), []);
  });

  test('leave alone what somebody else has made meanwhile', () => {
    assert.deepEqual(plan([first, second], [sales, support, route(3, '5', 2)]), []);
  });
});
