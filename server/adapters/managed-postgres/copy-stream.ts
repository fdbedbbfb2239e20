import type { Client, Connection, Submittable } from 'pg';

/** What `pg` calls on the query at work; its types name only `submit`. */
interface CopyQuery extends Submittable {
  handleCopyInResponse?(): void;
  handleCopyData?(message: { chunk: Buffer }, connection: Connection): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/** Part of pg's connection, used by pg-copy-streams as well, that the types leave out. */
interface CopySink {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

// Rows travel one a message out of PostgreSQL; they go in again in messages of about this size.
const batchBytes = 64 * 1024;

function isSink(connection: Connection): connection is Connection & CopySink {
  return 'sendCopyFromChunk' in connection && 'endCopyFrom' in connection && 'sendCopyFail' in connection;
}

function countRows(tag: string): number {
  return Number(tag.split(' ').at(-1));
}

interface Receiver {
  readonly connection: Connection & CopySink;
  readonly finished: Promise<number>;
}

function startReceiving(client: Client, text: string): Promise<Receiver> {
  const opened = Promise.withResolvers<Receiver>();
  const finished = Promise.withResolvers<number>();
  // Whoever waits for either is told; a failure of which nobody is told yet must not end the process.
  finished.promise.catch(() => undefined);
  let sink: (Connection & CopySink) | undefined;
  let rows = 0;
  const query: CopyQuery = {
    submit(connection) {
      if (!isSink(connection)) {
        throw new Error('this version of pg cannot copy');
      }
      sink = connection;
      connection.query(text);
    },
    handleCopyInResponse() {
      if (sink !== undefined) {
        opened.resolve({ connection: sink, finished: finished.promise });
      }
    },
    handleCommandComplete(message) {
      rows = countRows(message.text);
    },
    handleReadyForQuery() {
      finished.resolve(rows);
    },
    handleError(error) {
      opened.reject(error);
      finished.reject(error);
    },
  };
  client.query(query);
  return opened.promise;
}

function send(client: Client, text: string, sink: Connection & CopySink): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let batch: Buffer[] = [];
  let size = 0;
  let rows = 0;
  const flush = (source: Connection): void => {
    sink.sendCopyFromChunk(Buffer.concat(batch));
    batch = [];
    size = 0;
    if (sink.stream.writableNeedDrain) {
      source.stream.pause();
      sink.stream.once('drain', () => source.stream.resume());
    }
  };
  const query: CopyQuery = {
    submit(connection) {
      connection.query(text);
    },
    handleCopyData({ chunk }, connection) {
      // The parser reuses its memory for the next message.
      batch.push(Buffer.from(chunk));
      size += chunk.length;
      if (size >= batchBytes) {
        flush(connection);
      }
    },
    handleCommandComplete(message) {
      rows = countRows(message.text);
    },
    handleReadyForQuery() {
      if (size > 0) {
        sink.sendCopyFromChunk(Buffer.concat(batch));
      }
      resolve(rows);
    },
    handleError(error) {
      reject(error);
    },
  };
  client.query(query);
  return promise;
}

/**
 * Pipes `COPY ... TO STDOUT` of one server into `COPY ... FROM STDIN` of another: the form pg_dump uses, exact for
 * every type, and never read by us. Resolves with the number of rows that left and that arrived.
 */
export async function pipeCopy(
  from: Client,
  fromText: string,
  to: Client,
  toText: string,
): Promise<{ sent: number; received: number }> {
  const { connection: sink, finished } = await startReceiving(to, toText);
  try {
    // The receiver may fail first (a row it has no partition for); what is still sent to it is then dropped.
    const sent = await Promise.race([send(from, fromText, sink), finished.then(() => 0)]);
    sink.endCopyFrom();
    return { sent, received: await finished };
  } catch (error) {
    sink.sendCopyFail('the other side failed');
    throw error;
  }
}
