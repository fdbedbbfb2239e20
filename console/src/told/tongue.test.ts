import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tellingOf } from './tongue.ts';

const tell = tellingOf({
  refusals: {
    'There is no {what} {id}.': 'Es gibt {what} {id} nicht',
    'There is no room for {name}.': 'Kein Platz für {name}',
    'Wrong parameter: {message}.': 'Falsch: {message}',
    'Queue {id} is needed: {message}.': 'Schlange {id} wird gebraucht: {message}',
    'Not now ({state}).': 'Jetzt nicht ({state})',
  },
  sentences: {
    'is missing': 'fehlt',
    '{field} {message}': '{field} {message}',
    '{message}; {rest}': '{message} und {rest}',
    'queue {id} transfers calls to the other one': 'Schlange {id} reicht an sie weiter',
    '{name}: {message}': '{name}: {message}',
    '{host} cannot be reached at all': '{host} ist nicht zu erreichen',
  },
  nouns: { placeholders: ['what'], templates: { 'access code': 'Zugangsnummer', '{scheme} key': '{scheme}-Schlüssel' } },
  words: { message: {}, rest: {}, state: { busy: 'besetzt' } },
});

describe('what the server says is told in another language', () => {
  test('with the values that it carries', () => {
    assert.equal(tell('There is no access code 1000.'), 'Es gibt Zugangsnummer 1000 nicht');
    assert.equal(tell('There is no C1 key of mine.'), 'Es gibt C1-Schlüssel of mine nicht');
  });

  test('by the template that says most of its own', () => {
    assert.equal(tell('There is no room for 7.'), 'Kein Platz für 7');
  });

  test('with the sentences and words inside of it', () => {
    assert.equal(tell('Wrong parameter: name is missing; skills[0].id is missing.'), 'Falsch: name fehlt und skills[0].id fehlt');
    assert.equal(tell('Not now (busy).'), 'Jetzt nicht (besetzt)');
    assert.equal(tell('Queue 1 is needed: queue 2 transfers calls to the other one.'), 'Schlange 1 wird gebraucht: Schlange 2 reicht an sie weiter');
    assert.equal(tell('trunk: sip.example cannot be reached at all'), 'trunk: sip.example ist nicht zu erreichen');
  });

  test('and never a name that somebody has given', () => {
    assert.equal(tell('There is no room for busy.'), 'Kein Platz für busy');
  });

  test('as far as it is known', () => {
    assert.equal(tell('Something else; or more.'), 'Something else; or more.');
    assert.equal(tell('There is no unicorn 7.'), 'There is no unicorn 7.');
    assert.equal(tell('Wrong parameter: the moon.'), 'Falsch: the moon');
    assert.equal(tell(''), '');
  });
});
