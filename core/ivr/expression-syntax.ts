import { functionOf, type Expression, type Operator } from './expression.ts';
import { LIMITS } from './limits.ts';
import type { Place } from './reading.ts';

/** One sign after another, without a way back: the time it takes grows with the length alone. */
const TOKEN = /\s*(?:(\d{1,15}(?:\.\d{1,6})?)|'([^']*)'|"([^"]*)"|([A-Za-z][A-Za-z0-9_]{0,31})|(<=|>=|!=|[-+*/%&=<>()[\],]))/y;

type Token =
  | { readonly kind: 'number' | 'text' | 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

const END: Token = { kind: 'end', text: '' };

/** How tightly operators bind; the first are the loosest. */
const LEVELS: readonly (readonly Operator[])[] = [['or'], ['and'], ['=', '!=', '<', '<=', '>', '>='], ['+', '-', '&'], ['*', '/', '%']];
/** `not` stands between `and` and the comparisons: `not a = b and c` is `(not (a = b)) and c`. */
const NOT_LEVEL = 2;
const MAX_DEPTH = 16;

function tokensOf(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return text.slice(at).trimStart().slice(0, 10);
    const [, number, single, double, word, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (single !== undefined || double !== undefined) tokens.push({ kind: 'text', text: single ?? double ?? '' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** Reads an expression such as `weekday <= 5 and time >= '09:00' and not holiday`; what is wrong is told to the place. */
export function readExpression(text: string, place: Place): Expression | undefined {
  if (text.length > LIMITS.expression) return place.fault(`must not be longer than ${LIMITS.expression} characters`);
  const tokens = tokensOf(text);
  if (typeof tokens === 'string') return place.fault(`is not understood at "${tokens}"`);
  let next = 0;
  let deep = 0;
  let told = false;

  const peek = (): Token => tokens[next] ?? END;
  const isNext = (sign: string): boolean => (peek().kind === 'sign' || peek().kind === 'word') && peek().text === sign;
  const take = (sign: string): boolean => {
    if (!isNext(sign)) return false;
    next += 1;
    return true;
  };
  const wrong = (message: string): undefined => {
    // What follows from the first mistake would only confuse.
    if (!told) place.fault(message);
    told = true;
    return undefined;
  };
  const unexpected = (): undefined => wrong(peek().kind === 'end' ? 'ends too early' : `is not understood at "${peek().text}"`);
  const nested = <T>(read: () => T | undefined): T | undefined => {
    if (deep >= MAX_DEPTH) return wrong(`must not nest deeper than ${MAX_DEPTH} levels`);
    deep += 1;
    const result = read();
    deep -= 1;
    return result;
  };

  function list(close: string): readonly Expression[] | undefined {
    const items: Expression[] = [];
    if (take(close)) return items;
    do {
      const item = nested(() => level(0));
      if (item === undefined) return undefined;
      items.push(item);
    } while (take(','));
    return take(close) ? items : unexpected();
  }

  function called(name: string): Expression | undefined {
    const declared = functionOf(name);
    if (declared === undefined) return wrong(`there is no function ${name}`);
    const given = list(')');
    if (given === undefined) return undefined;
    const [least, most] = declared.takes;
    if (given.length < least || given.length > most) return wrong(`${name} takes ${least === most ? least : `${least} or ${most}`} values, not ${given.length}`);
    return { kind: 'call', name, given };
  }

  function primary(): Expression | undefined {
    const token = peek();
    if (take('-')) {
      const of = nested(primary);
      return of && { kind: 'minus', of };
    }
    if (take('(')) {
      const inner = nested(() => level(0));
      return inner === undefined || take(')') ? inner : unexpected();
    }
    if (token.kind === 'end' || token.kind === 'sign' || ['and', 'or', 'in', 'not'].includes(token.kind === 'word' ? token.text : '')) return unexpected();
    next += 1;
    if (token.kind === 'number') return { kind: 'value', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'value', value: token.text };
    if (token.text === 'true' || token.text === 'false') return { kind: 'value', value: token.text === 'true' };
    if (take('(')) return called(token.text);
    place.reading.uses.push({ name: token.text, place });
    return { kind: 'name', name: token.text };
  }

  function level(index: number): Expression | undefined {
    if (index === NOT_LEVEL && take('not')) {
      const of = nested(() => level(NOT_LEVEL));
      return of && { kind: 'not', of };
    }
    const operators = LEVELS[index];
    if (operators === undefined) return primary();
    let left = level(index + 1);
    for (;;) {
      if (left === undefined) return undefined;
      const operator = operators.find(isNext);
      if (operator !== undefined) {
        next += 1;
        const right = level(index + 1);
        left = right && { kind: 'both', operator, left, right };
      } else if (index === NOT_LEVEL && take('in')) {
        const items = take('[') ? list(']') : unexpected();
        left = items && { kind: 'in', what: left, list: items };
      } else return left;
    }
  }

  const read = level(0);
  if (read === undefined) return undefined;
  return peek().kind === 'end' ? read : unexpected();
}
