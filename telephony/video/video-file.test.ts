import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputTrack } from 'mediabunny';
import { soundFiles, type SoundFiles } from '../audio/sound-files.ts';
import { PICTURE_SET, SEQUENCE_SET, slice, vp8Picture } from './camera.fixture.ts';
import type { WritingFault } from './file-writer.ts';
import { formOf } from './h264-parameters.ts';
import type { PictureForm, PictureFormat } from './picture.ts';
import { loadVideoFiles, type VideoFile } from './video-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-video-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
const open = await loadVideoFiles();

let names = 0;
const FORM: Readonly<Record<PictureFormat, PictureForm>> = {
  VP8: { width: 640, height: 480, codec: 'vp8' }, H264: formOf(SEQUENCE_SET, PICTURE_SET) ?? assert.fail('the parameter sets cannot be read'),
};
const unit = (bytes: Uint8Array): Uint8Array => Uint8Array.of(0, 0, bytes.length >> 8, bytes.length & 0xff, ...bytes);
const picture = (format: PictureFormat, isWhole: boolean, bytes = 500) => ({
  data: format === 'VP8' ? vp8Picture(isWhole ? FORM.VP8 : undefined, bytes) : unit(slice(isWhole ? 5 : 1, bytes)), form: isWhole ? FORM[format] : undefined,
});

interface Made {
  readonly file: VideoFile;
  readonly path: string;
  readonly faults: readonly WritingFault[];
}

function make(format: PictureFormat, tracks = 2, files: SoundFiles = soundFiles, path = join(folder, `${names += 1}${format === 'VP8' ? '.webm' : '.mp4'}`)): Made {
  const faults: WritingFault[] = [];
  return { path, faults, file: open({ path, files, format, tracks: Array.from({ length: tracks }, () => FORM[format]), onFault: (fault) => { faults.push(fault); } }) };
}

/** So long a talk, with a whole picture now and then; the second camera sees less often. */
function talk(file: VideoFile, format: PictureFormat, ms: number, from = 0): void {
  for (let at = from; at < from + ms; at += 20) {
    file.say(Uint8Array.of(0x08, 1, 2, 3), at);
    if (at % 40 === 0) file.show(0, picture(format, at % 3000 === 0), at);
    if (at % 100 === 0) file.show(1, picture(format, at % 5000 === 0), at);
  }
}

const SEGMENT = Uint8Array.of(0x18, 0x53, 0x80, 0x67);
const CLUSTER = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75);

interface Found {
  readonly kind: string;
  readonly codec: string | null;
  readonly packets: number;
  readonly whole: number;
  readonly seconds: number;
}

async function read(bytes: Uint8Array): Promise<readonly Found[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const found: Found[] = [];
  for (const track of await input.getTracks() as readonly InputTrack[]) {
    let [packets, whole, end] = [0, 0, 0];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets += 1;
      if (packet.type === 'key') whole += 1;
      end = packet.timestamp;
    }
    found.push({ kind: track.type, codec: await track.getCodec(), packets, whole, seconds: Math.round(end) });
  }
  return found;
}

/** What was given to the file gets there by itself, but for some that waits to be more. */
async function settled(file: VideoFile): Promise<void> {
  for (const end = Date.now() + 5000; file.waiting() > 120_000;) {
    assert.ok(Date.now() < end, `${file.waiting()} bytes wait`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

const isEmpty = async (file: VideoFile): Promise<void> => {
  for (const end = Date.now() + 5000; file.waiting() > 1000 && Date.now() < end;) {
    file.flush();
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
};

for (const format of ['VP8', 'H264'] as const) {
  const codec = format === 'VP8' ? 'vp8' : 'avc';
  describe(`a file of ${format}`, () => {
    test('has a track for each camera, in their order, and one of sound', async () => {
      const { file, path, faults } = make(format);
      talk(file, format, 12_000);
      await file.close();
      assert.deepEqual(faults, []);
      assert.equal(file.waiting(), 0);
      assert.deepEqual(await read(readFileSync(path)), [
        { kind: 'video', codec, packets: 300, whole: 4, seconds: 12 }, { kind: 'video', codec, packets: 120, whole: 3, seconds: 12 },
        { kind: 'audio', codec: 'opus', packets: 600, whole: 600, seconds: 12 },
      ]);
      const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(readFileSync(path)) });
      const [video] = await input.getVideoTracks();
      assert.deepEqual([await video?.getCodedWidth(), await video?.getCodedHeight(), Math.round(await input.computeDuration())], [640, 480, 12]);
    });

    test('of one camera has one', async () => {
      const { file, path } = make(format, 1);
      talk(file, format, 2000);
      await file.close();
      assert.deepEqual((await read(readFileSync(path))).map(({ kind }) => kind), ['video', 'audio']);
    });

    test('goes on when a camera is gone, and keeps nothing in memory for it', async () => {
      const { file, path, faults } = make(format);
      talk(file, format, 1000);
      file.end(1);
      file.show(1, picture(format, true), 1020);
      for (let at = 1000; at < 9000; at += 20) {
        file.say(Uint8Array.of(0x08, 1), at);
        file.show(0, picture(format, false), at + 1);
      }
      await settled(file);
      await file.close();
      assert.deepEqual(faults, []);
      assert.deepEqual((await read(readFileSync(path))).map(({ packets }) => packets), [425, 10, 450]);
    });

    test('that is there already stays as it is', async () => {
      const { file, path, faults } = make(format);
      writeFileSync(path, 'a recording');
      talk(file, format, 4000);
      await file.close();
      assert.deepEqual(faults.map(({ why }) => why), ['isThere']);
      assert.equal(readFileSync(path, 'utf8'), 'a recording');
    });

    test('on a full disk ends there, which is told once', async () => {
      const full: SoundFiles = {
        ...soundFiles,
        openToWrite: async (path, how) => {
          const opened = await soundFiles.openToWrite(path, how);
          return { ...opened, write: (bytes, at) => (at + bytes.length > 100_000 ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : opened.write(bytes, at)) };
        },
      };
      const { file, faults } = make(format, 2, full);
      for (let from = 0; from < 20_000; from += 2000) {
        talk(file, format, 2000, from);
        await settled(file);
      }
      await file.close();
      assert.deepEqual(faults.map(({ why }) => why), ['diskFull']);
    });
  });
}

test('a WebM whose maker is killed is there as far as it was written', async () => {
  const { file, path } = make('VP8');
  // Some clusters are whole by then, and one is not.
  for (let from = 0; from < 70_000; from += 5000) {
    talk(file, 'VP8', 5000, from);
    await settled(file);
  }
  await isEmpty(file);
  const killed = readFileSync(path);
  // Unknown lengths (RFC 8794 6.2): of the whole, and of the cluster that is not whole; the one before it has its own.
  assert.deepEqual([...killed.subarray(killed.indexOf(SEGMENT) + 4)].slice(0, 6), [0x07, 0xff, 0xff, 0xff, 0xff, 0xff]);
  const last = killed.lastIndexOf(CLUSTER) + 4;
  assert.deepEqual([...killed.subarray(last, last + 5)], [0x0f, 0xff, 0xff, 0xff, 0xff]);
  assert.equal(killed.indexOf(Uint8Array.of(...CLUSTER, 0x0f)), last - 4, 'no other is');
  // Here the reader knows unknown lengths of other sizes alone.
  killed.writeUInt8(8, last);
  killed.writeUInt32BE(killed.length - last - 5, last + 1);
  assert.deepEqual((await read(killed)).map(({ kind, seconds }) => [kind, seconds]), [['video', 70], ['video', 70], ['audio', 70]]);
  await file.close();
  assert.deepEqual((await read(readFileSync(path))).map(({ packets }) => packets), [1750, 700, 3500]);
});

test('nothing is left behind where nothing was shown', async () => {
  const { file, path } = make('H264');
  await file.close();
  // The library begins each file with a head.
  assert.ok(readFileSync(path).length < 2000);
});
