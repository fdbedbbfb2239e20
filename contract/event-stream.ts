import type { TSchema } from 'typebox';
import { Refused, requestFor, type ClientOptions } from './client.ts';
import type { Input, Operation, OperationParts } from './operation.ts';
import { readJson } from './wire/json.ts';

/** An event of a stream: its name, and what it carries. */
export interface StreamedEvent {
  readonly name: string;
  readonly data: unknown;
}

const MAX_DEPTH = 64;
const BLOCK_END = /\r?\n\r?\n/;

/** One block of a stream (HTML, 9.2.6); undefined for one that only keeps the line awake. */
function readBlock(block: string): StreamedEvent | undefined {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? undefined : { name, data: JSON.parse(data.join('\n')) as unknown };
}

/** The events of a body as they come; `heard` is called for whatever comes, be it only to keep the line awake. */
export async function* readEvents(body: ReadableStream<Uint8Array>, heard: () => void = () => undefined): AsyncGenerator<StreamedEvent> {
  let text = '';
  // Not every browser can go through a stream by `for await`.
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      const blocks = (text + decoder.decode(part.value, { stream: true })).split(BLOCK_END);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readBlock(block);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    // Whoever has heard enough ends it; of one that has failed there is nothing to end.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * Follows an operation that answers a stream of events, until it ends or the signal fires; a refusal is thrown. It reads by `fetch`, as the
 * browser's own EventSource cannot send headers. Whoever follows comes again when it has ended, a little later each time it fails.
 */
export async function* follow<Parts extends OperationParts, R extends TSchema>(
  { baseUrl, authorize = () => ({}), fetch: send = fetch }: Omit<ClientOptions, 'timeoutMs'>, op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, signal: AbortSignal, heard?: () => void,
): AsyncGenerator<StreamedEvent> {
  const request = requestFor(op, input as Record<string, unknown>);
  const response = await send(new URL(request.url, baseUrl), { method: request.method, headers: { ...request.headers, ...await authorize(request) }, signal, redirect: 'error' });
  if (response.status !== 200 || response.body === null) {
    const read = readJson(new Uint8Array(await response.arrayBuffer()), { maxDepth: MAX_DEPTH });
    throw new Refused(op.id, response.status, read.ok ? read.value : undefined);
  }
  yield* readEvents(response.body as ReadableStream<Uint8Array>, heard);
}
