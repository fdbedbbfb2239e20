import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** What goes into files of a ZIP, one behind the other, as no file has more than so many lines. */
export interface Lines {
  readonly nameOf: (number: number) => string;
  readonly pages: AsyncIterable<readonly string[]>;
}

/** Cuts pages of lines into files; there is one even where there is no line. */
function filesOf(pages: AsyncIterable<readonly string[]>, mostLines: number): { readonly next: () => AsyncIterable<Uint8Array>; readonly hasMore: () => boolean } {
  const source = pages[Symbol.asyncIterator]();
  let page: readonly string[] = [];
  let at = 0;
  let isOver = false;
  const hasMore = (): boolean => !isOver;
  const fill = async (): Promise<void> => {
    while (at === page.length && hasMore()) {
      const read = await source.next();
      if (read.done === true) isOver = true;
      else [page, at] = [read.value, 0];
    }
  };
  return {
    hasMore,
    next: async function* next() {
      let left = mostLines;
      await fill();
      while (left > 0 && hasMore()) {
        const lines = page.slice(at, at + left);
        at += lines.length;
        left -= lines.length;
        yield Buffer.from(lines.join(''), 'utf8');
        await fill();
      }
    },
  };
}

/** A ZIP that is made as it is read; compressing is the work of threads of its own, so nobody waits for it. */
export async function* zipOfLines(entries: readonly Lines[], mostLines: number, at: number): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  let current: Readable | undefined;
  zip.on('error', (error: Error) => { out.destroy(error); });

  const fill = async (): Promise<void> => {
    for (const { nameOf, pages } of entries) {
      const files = filesOf(pages, mostLines);
      for (let number = 1; number === 1 || files.hasMore(); number += 1) {
        current = Readable.from(files.next(), { objectMode: false });
        const read = finished(current);
        zip.addReadStream(current, nameOf(number), { mtime: new Date(at) });
        await read;
      }
    }
    zip.end();
  };
  const filling = fill().catch((error: unknown) => { out.destroy(error instanceof Error ? error : new Error(String(error))); });
  try {
    for await (const chunk of out) yield chunk as Uint8Array;
  } finally {
    // Whoever stops reading, as where the disk is full, ends the rest too.
    current?.destroy();
    out.destroy();
    await filling;
  }
}

export interface Whole {
  readonly name: string;
  readonly size: number;
  readonly read: () => AsyncIterable<Uint8Array>;
}

function packed(files: readonly Whole[], at: number, onSize: (size: number) => void): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => { out.destroy(error); });
  for (const { name, size, read } of files) {
    zip.addReadStreamLazy(name, { size, compress: false, mtime: new Date(at) }, (give) => { give(null, Readable.from(read(), { objectMode: false })); });
  }
  (zip.end as (options: object, sized: (size: number) => void) => void)({}, onSize);
  return out;
}

/** A ZIP of files as they are, of which it is known before how long it is. */
export async function zipOfFiles(files: readonly Whole[], at: number): Promise<{ readonly size: number; readonly read: () => AsyncIterable<Uint8Array> }> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const measured = packed(files.map((file) => ({ ...file, read: async function* none() { /* Only its size matters. */ } })), at, resolve);
  measured.on('error', () => undefined);
  const size = await promise;
  measured.destroy();
  return { size, read: () => packed(files, at, () => undefined) as AsyncIterable<Uint8Array> };
}
