import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLine } from './csv.ts';

/** Reads what RFC 4180 says, and nothing else. */
function read(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') { field += '"'; at += 1; } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === ',') { line.push(field); field = ''; } else if (character === '\n') { lines.push([...line, field]); line = []; field = ''; } else field += character;
  }
  return lines;
}

test('fields are quoted where they need it, and nothing is nothing', () => {
  assert.equal(csvLine(['a', null, 5, '', 'b,c', 'say "x"', 'two\nlines', -1]), 'a,,5,,"b,c","say ""x""","two\nlines",-1\n');
});

test('what is written is read again, whatever it holds', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'ä', ' ') }), { minLength: 1 })), (rows) => {
    assert.deepEqual(read(rows.map(csvLine).join('')), rows);
  }));
});
