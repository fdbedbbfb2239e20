import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { addTrustedUrl, deleteTrustedUrl } from '@parley/contract/admin/callback.ts';
import {
  downloadVoiceFile, listVoiceFiles, listVoiceTemplates, reviewVoiceFile, reviewVoiceTemplate, showVoiceFile, showVoiceTemplate,
} from '@parley/contract/admin/voice.ts';
import { createVoiceTemplate, importVoiceFileUpload } from '@parley/contract/configuration/voice.ts';
import type { Input } from '@parley/contract/operation.ts';
import { createMemoryFiles } from '../../adapters/files/memory.ts';
import type { OutgoingReply, OutgoingRequest } from '../../engine/outgoing.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

const CALLBACK = 'https://crm.example.com/upload';
const SOUND = new Uint8Array([1, 2, 3]);

const received: OutgoingReply = { ok: true, status: 200, body: '{"returnCode":"0"}' };
const files = createMemoryFiles();

/** What was sent to whom, and what is answered to the first, the second and any later attempt. */
let sent: OutgoingRequest[] = [];
let replies: readonly OutgoingReply[] = [received];

let server: TestServer;
let tenant: TestTenant;

before(async () => {
  server = await startTestServer({
    world: {
      files, transcode: () => Promise.resolve({ ok: true, wav: SOUND, durationMs: 2500 }),
      outgoing: {
        send: (request) => {
          sent.push(request);
          return Promise.resolve(replies[Math.min(sent.length, replies.length) - 1] ?? received);
        },
      },
    },
  });
});
after(() => server.close());
beforeEach(async () => {
  tenant = await server.tenant();
  sent = [];
  replies = [received];
});

const trust = async (): Promise<string> => (await tenant.administrator.call(addTrustedUrl, { url: CALLBACK })).body.id;
const upload = async (callbackUrl?: string): Promise<string> => {
  const { body } = await tenant.client.call(importVoiceFileUpload, {
    fileInfo: 'AAAA', locale: 'en_US', voiceType: '0', fileType: 'WAV', ...(callbackUrl === undefined ? {} : { callbackUrl }),
  });
  return body.fileId;
};
const create = async (callbackUrl?: string): Promise<string> => {
  const { body } = await tenant.client.call(createVoiceTemplate, {
    name: 'ctest1', voicecontent: { language: 'en_US', textcontent: 'test' }, ...(callbackUrl === undefined ? {} : { callbackUrl }),
  });
  return body.templateId;
};
const review = (id: string, decision: 'approve' | 'reject' = 'approve', comment?: string) =>
  tenant.administrator.call(reviewVoiceFile, { id, decision, ...(comment === undefined ? {} : { comment }) });
const show = async (id: string) => (await tenant.administrator.call(showVoiceFile, { id })).body;
const listed = async (input: Input<typeof listVoiceFiles> = {}) => (await tenant.administrator.call(listVoiceFiles, input)).body;

describeOperation(listVoiceFiles, {
  example: async () => {
    const id = await upload();
    const { files: [file] } = await listed({ status: 'waiting' });
    assert.equal(file?.id, id);
    const sample = listVoiceFiles.examples?.[0]?.response as { files: object[] } | undefined;
    assert.deepEqual(Object.keys(file ?? {}).toSorted(), Object.keys(sample?.files[0] ?? {}).toSorted());
  },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(listVoiceFiles, { status: 'lost' as 'waiting' })).status, 400);
    assert.equal((await tenant.administrator.call(listVoiceFiles, { limit: 501 })).status, 400);
    assert.equal((await tenant.client.call(listVoiceFiles, {})).status, 401);
  },
  effect: async () => {
    const ids = [await upload(), await upload(), await upload()];
    await review(ids[1] ?? '');
    const page = await listed({ limit: 2 });
    assert.deepEqual(page.files.map(({ id }) => id), [ids[2], ids[1]]);
    assert.equal(page.next, ids[1]);
    const rest = await listed({ limit: 2, olderThan: String(page.next) });
    assert.deepEqual(rest.files.map(({ id }) => id), [ids[0]]);
    assert.equal(rest.next, undefined);
    assert.deepEqual((await listed({ status: 'waiting' })).files.map(({ id }) => id), [ids[2], ids[0]]);
    assert.deepEqual((await listed({ status: 'approved' })).files.map(({ id }) => id), [ids[1]]);
    assert.deepEqual((await listed({ status: 'rejected' })).files, []);
  },
});

describeOperation(showVoiceFile, {
  example: async () => {
    const id = await upload();
    assert.equal((await show(id)).durationMs, 2500);
  },
  badInput: async () => {
    for (const id of ['1', 'x'.repeat(24), '../../x']) assert.equal((await tenant.administrator.call(showVoiceFile, { id })).status, 404);
  },
  effect: async () => {
    const id = await upload();
    await review(id, 'reject', 'too loud');
    const { status, comment, decidedBy, decidedAt } = await show(id);
    assert.deepEqual({ status, comment }, { status: 'rejected', comment: 'too loud' });
    assert.match(String(decidedBy), /administrator/);
    assert.ok(Math.abs(Number(decidedAt) - server.world.clock()) < 60_000);
  },
});

describeOperation(downloadVoiceFile, {
  example: async () => {
    const id = await upload();
    const { bytes, headers } = await tenant.administrator.call(downloadVoiceFile, { id });
    assert.deepEqual(bytes, SOUND);
    assert.equal(headers.get('content-disposition'), `attachment; filename="${id}.wav"`);
  },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(downloadVoiceFile, { id: '1' })).status, 404);
    const id = await upload();
    await files.remove(`voice/${tenant.vdnId}/${id}.wav`);
    assert.equal((await tenant.administrator.call(downloadVoiceFile, { id })).status, 404);
  },
  effect: async () => {
    const id = await upload();
    await review(id, 'reject');
    assert.deepEqual((await tenant.administrator.call(downloadVoiceFile, { id })).bytes, SOUND, 'what was rejected can still be heard');
  },
});

describeOperation(reviewVoiceFile, {
  example: async () => {
    await trust();
    const id = await upload(CALLBACK);
    const { body } = await review(id, 'approve', 'Approved');
    assert.deepEqual({ status: body.status, comment: body.comment, callbackState: body.callbackState }, { status: 'approved', comment: 'Approved', callbackState: 'pending' });
    await server.jobsDone();
  },
  badInput: async () => {
    const id = await upload();
    assert.equal((await review(id, 'maybe' as 'approve')).status, 400);
    assert.equal((await review(id, 'approve', 'x'.repeat(501))).status, 400);
    assert.equal((await review('1')).status, 404);
    assert.equal((await show(id)).status, 'waiting');
    const reader = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.equal((await reader.call(reviewVoiceFile, { id, decision: 'approve' })).status, 403);
  },
  effect: async () => {
    const id = await upload();
    await review(id);
    const { status, callbackState } = await show(id);
    assert.deepEqual({ status, callbackState }, { status: 'approved', callbackState: 'none' });
    await server.jobsDone();
    assert.deepEqual(sent, []);
  },
});

describeOperation(listVoiceTemplates, {
  example: async () => {
    const id = await create();
    assert.deepEqual((await tenant.administrator.call(listVoiceTemplates, { status: 'waiting' })).body.templates.map((template) => template.id), [id]);
  },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(listVoiceTemplates, { limit: 0 })).status, 400);
  },
  effect: async () => {
    const ids = [await create(), await create()];
    await tenant.administrator.call(reviewVoiceTemplate, { id: ids[0] ?? '', decision: 'reject' });
    const { body } = await tenant.administrator.call(listVoiceTemplates, { limit: 1 });
    assert.deepEqual(body.templates.map(({ id }) => id), [ids[1]]);
    const rest = await tenant.administrator.call(listVoiceTemplates, { limit: 1, olderThan: String(body.next), status: 'rejected' });
    assert.deepEqual(rest.body.templates.map(({ id }) => id), [ids[0]]);
    assert.equal(rest.body.next, undefined);
  },
});

describeOperation(showVoiceTemplate, {
  example: async () => {
    const id = await create();
    const { body } = await tenant.administrator.call(showVoiceTemplate, { id });
    assert.equal(body.content, 'test');
  },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(showVoiceTemplate, { id: '1' })).status, 404);
  },
  effect: async () => {
    const id = await create();
    await tenant.administrator.call(reviewVoiceTemplate, { id, decision: 'approve' });
    assert.equal((await tenant.administrator.call(showVoiceTemplate, { id })).body.status, 'approved');
  },
});

describeOperation(reviewVoiceTemplate, {
  example: async () => {
    const id = await create();
    const { body } = await tenant.administrator.call(reviewVoiceTemplate, { id, decision: 'approve', comment: 'Approved' });
    assert.equal(body.status, 'approved');
  },
  badInput: async () => {
    const id = await create();
    assert.equal((await tenant.administrator.call(reviewVoiceTemplate, { id: '1', decision: 'approve' })).status, 404);
    await tenant.administrator.call(reviewVoiceTemplate, { id, decision: 'approve' });
    assert.equal((await tenant.administrator.call(reviewVoiceTemplate, { id, decision: 'reject' })).status, 409);
  },
  effect: async () => {
    await trust();
    const id = await create(CALLBACK);
    await tenant.administrator.call(reviewVoiceTemplate, { id, decision: 'reject', comment: 'no' });
    await server.jobsDone();
    const { body } = await tenant.administrator.call(showVoiceTemplate, { id });
    assert.deepEqual([body.callbackState, body.callbackAttempts], ['delivered', 1]);
    assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), { fileUrl: `https://127.0.0.1:8443/admin/v1/voice-templates/${id}`, fileId: id, status: '3', comment: 'no' });
  },
});

describe('telling the outcome of a review', () => {
  const decide = async (...answers: readonly OutgoingReply[]) => {
    replies = answers;
    await trust();
    const id = await upload(CALLBACK);
    await review(id);
    await server.jobsDone();
    const { callbackState, callbackAttempts } = await show(id);
    assert.equal(sent.length, callbackAttempts);
    return { callbackState, callbackAttempts };
  };
  const answer = (body: string, status = 200): OutgoingReply => ({ ok: true, status, body });
  const silent: OutgoingReply = { ok: false, why: 'timeout', message: 'no answer' };

  test('it is POSTed as JSON to the URL of the upload', async () => {
    await trust();
    const id = await upload(CALLBACK);
    await review(id, 'approve', 'Approved');
    await server.jobsDone();
    assert.deepEqual(sent.map(({ url, method, headers }) => ({ url, method, headers })), [
      { url: CALLBACK, method: 'POST', headers: { 'content-type': 'application/json; charset=UTF-8' } },
    ]);
    const told = JSON.parse(sent[0]?.body ?? '') as Record<string, string>;
    assert.deepEqual(told, { fileUrl: `https://127.0.0.1:8443/admin/v1/voice-files/${id}/audio.wav`, fileId: id, status: '2', comment: 'Approved' });
    const { pathname } = new URL(told['fileUrl'] ?? '');
    assert.equal((await fetch(new URL(pathname, server.url))).status, 401, 'the address is served, to those who are signed in');
  });

  test('without a comment none is told', async () => {
    await decide(received);
    assert.ok(!('comment' in (JSON.parse(sent[0]?.body ?? '') as object)));
  });

  for (const body of ['{"returnCode":"0"}', '{"returnCode":0}', '{"ReturnCode":"0","description":"ok"}']) {
    test(`${body} says that it was received`, async () => {
      assert.deepEqual(await decide(answer(body)), { callbackState: 'delivered', callbackAttempts: 1 });
    });
  }

  for (const [name, reply] of [
    ['another code', answer('{"returnCode":"1"}')], ['no code', answer('{}')], ['no JSON', answer('OK')], ['nothing', answer('')],
    ['a list', answer('["0"]')], ['null', answer('null')],
    ['an error of HTTP', answer('{"returnCode":"0"}', 500)], ['silence', silent],
  ] as const) {
    test(`${name} asks for it six times, and then no more`, async () => {
      assert.deepEqual(await decide(reply), { callbackState: 'given-up', callbackAttempts: 6 });
    });
  }

  test('a receiver that comes round at the third attempt is not asked a fourth time', async () => {
    assert.deepEqual(await decide(silent, answer('{"returnCode":"9"}'), received, silent), { callbackState: 'delivered', callbackAttempts: 3 });
  });

  test('a receiver that comes round at the last attempt is believed', async () => {
    assert.deepEqual(await decide(silent, silent, silent, silent, silent, received), { callbackState: 'delivered', callbackAttempts: 6 });
  });

  test('where trust was withdrawn in the meantime nothing is told', async () => {
    const trusted = await trust();
    const id = await upload(CALLBACK);
    await tenant.administrator.call(deleteTrustedUrl, { id: trusted });
    await review(id);
    await server.jobsDone();
    const { callbackState, callbackAttempts } = await show(id);
    assert.deepEqual({ callbackState, callbackAttempts }, { callbackState: 'given-up', callbackAttempts: 0 });
    assert.deepEqual(sent, []);
  });

  test('a decision is final, also when two come at once', async () => {
    await trust();
    const id = await upload(CALLBACK);
    const replied = await Promise.all([review(id, 'approve'), review(id, 'reject'), review(id, 'reject'), review(id, 'approve')]);
    assert.deepEqual(replied.map(({ status }) => String(status)).toSorted(), ['200', '409', '409', '409']);
    const { body } = await review(id, 'reject');
    assert.match(JSON.stringify(body), /was (approved|rejected) already/);
    await server.jobsDone();
    assert.equal(sent.length, 1, 'one outcome was told, once');
  });

  test('a decision stands in the audit trail, with who made it', async () => {
    await trust();
    const id = await upload(`${CALLBACK}?token=hidden`);
    await review(id, 'reject', 'too loud');
    const trail = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).where('what', '=', 'voice-file').orderBy('id').execute();
    assert.deepEqual(trail.map(({ operation, what_id: whatId }) => [operation, whatId]), [['importVoiceFileUpload', id], ['reviewVoiceFile', id]]);
    const { before: earlier, after: later } = trail[1] ?? {};
    assert.deepEqual([earlier, later].map((state) => (state as { status?: string } | undefined)?.status), ['waiting', 'rejected']);
    assert.ok(!JSON.stringify(trail).includes('hidden'), 'tokens in the query of a callback URL stay out of it');
  });

  test('one tenant cannot review what another uploaded', async () => {
    const id = await upload();
    const template = await create();
    const owner = tenant;
    tenant = await server.tenant();
    assert.equal((await review(id)).status, 404);
    assert.equal((await tenant.administrator.call(reviewVoiceTemplate, { id: template, decision: 'approve' })).status, 404);
    tenant = owner;
    assert.equal((await show(id)).status, 'waiting');
  });
});
