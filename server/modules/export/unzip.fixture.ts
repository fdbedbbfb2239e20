import assert from 'node:assert/strict';
import { crc32, inflateRawSync } from 'node:zlib';

export interface Unzipped {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is in a ZIP, read by its directory as any other program would. */
export function unzip(bytes: Uint8Array): readonly Unzipped[] {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'it is no ZIP');
  const files: Unzipped[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(file.readUInt32LE(at), 0x02014b50, 'the directory is broken');
    const [method, sum, packed, nameLength, extra, comment, local] = [
      file.readUInt16LE(at + 10), file.readUInt32LE(at + 16), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42),
    ];
    const name = file.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const content = file.subarray(from, from + packed);
    const whole = method === 0 ? content : inflateRawSync(content);
    assert.equal(crc32(whole), sum, `${name} is damaged`);
    files.push({ name, bytes: whole });
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** Lines of a CSV of ours in which nothing is quoted. */
export const fieldsOf = (file: Unzipped | undefined): readonly (readonly string[])[] =>
  (file?.bytes.toString('utf8') ?? '').split('\n').slice(0, -1).map((line) => line.split(','));
