/** What an expression comes to. Variables hold text; text that is a number counts as one where numbers are asked for. */
export type Value = string | number | boolean;

export type Operator = '+' | '-' | '*' | '/' | '%' | '&' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression }
  | { readonly kind: 'both'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly what: Expression; readonly list: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] };

type Apply = (...given: readonly Value[]) => Value | undefined;

interface Declared {
  readonly takes: readonly [least: number, most: number];
  readonly yields: 'text' | 'number' | 'boolean';
  readonly apply: Apply;
}

/** Exact to six places: sums of money come out as people expect. */
const LARGEST = 1e15;
const number = (result: number): number | undefined => (Math.abs(result) <= LARGEST ? Number(result.toFixed(6)) : undefined);

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : undefined;
}

export const textOf = (value: Value): string => String(value);

const text = (apply: (first: string, second: string) => Value): Apply => (first = '', second = '') => apply(textOf(first), textOf(second));

/** The functions that there are. */
export const FUNCTIONS: Readonly<Record<string, Declared>> = {
  length: { takes: [1, 1], yields: 'number', apply: text((of) => of.length) },
  upper: { takes: [1, 1], yields: 'text', apply: text((of) => of.toUpperCase()) },
  lower: { takes: [1, 1], yields: 'text', apply: text((of) => of.toLowerCase()) },
  trim: { takes: [1, 1], yields: 'text', apply: text((of) => of.trim()) },
  digits: { takes: [1, 1], yields: 'text', apply: text((of) => of.replace(/\D/g, '')) },
  startsWith: { takes: [2, 2], yields: 'boolean', apply: text((of, head) => of.startsWith(head)) },
  endsWith: { takes: [2, 2], yields: 'boolean', apply: text((of, tail) => of.endsWith(tail)) },
  contains: { takes: [2, 2], yields: 'boolean', apply: text((of, part) => of.includes(part)) },
  /** part('abcdef', 2, 3) is 'bcd'. */
  part: {
    takes: [2, 3], yields: 'text',
    apply: (of = '', from, count) => {
      const [first, most] = [numberOf(from), count === undefined ? LARGEST : numberOf(count)];
      return first === undefined || most === undefined || first < 1 || most < 0 ? undefined : textOf(of).slice(first - 1, first - 1 + most);
    },
  },
  round: {
    takes: [1, 1], yields: 'number',
    apply: (of) => {
      const given = numberOf(of);
      return given === undefined ? undefined : Math.round(given);
    },
  },
};

export const functionOf = (name: string): Declared | undefined => (Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined);

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0, '<=': (order) => order <= 0, '>': (order) => order > 0, '>=': (order) => order >= 0,
};

export const isTrue = (value: Value): boolean => value === true || value === 'true';

/** '007' and '7' differ, as codes do; beside something that was computed or written as a number, numbers are compared. */
function areEqual(left: Value, right: Value): boolean {
  if (typeof left !== 'number' && typeof right !== 'number') return textOf(left) === textOf(right);
  return numberOf(left) !== undefined && numberOf(left) === numberOf(right);
}

function compute(operator: '+' | '-' | '*' | '/' | '%', left: Value, right: Value): number | undefined {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined || ((operator === '/' || operator === '%') && b === 0)) return undefined;
  switch (operator) {
    case '+':
      return number(a + b);
    case '-':
      return number(a - b);
    case '*':
      return number(a * b);
    case '/':
      return number(a / b);
    case '%':
      return number(a % b);
    default:
      return operator satisfies never;
  }
}

function join(operator: Operator, left: Value, right: Value): Value | undefined {
  switch (operator) {
    case '&':
      return textOf(left) + textOf(right);
    case '=':
      return areEqual(left, right);
    case '!=':
      return !areEqual(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [a, b] = [numberOf(left), numberOf(right)];
      const [one, other] = a === undefined || b === undefined ? [textOf(left), textOf(right)] : [a, b];
      return COMPARE[operator]?.(one < other ? -1 : one > other ? 1 : 0);
    }
    case 'and':
      return isTrue(left) && isTrue(right);
    case 'or':
      return isTrue(left) || isTrue(right);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return compute(operator, left, right);
    default:
      return operator satisfies never;
  }
}

/** What the expression comes to; undefined where that is nothing: text in a sum, a division by zero, a number that is too large. */
export function evaluate(expression: Expression, lookup: (name: string) => Value): Value | undefined {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'name':
      return lookup(expression.name);
    case 'not': {
      const of = evaluate(expression.of, lookup);
      return of === undefined ? undefined : !isTrue(of);
    }
    case 'minus': {
      const of = numberOf(evaluate(expression.of, lookup));
      return of === undefined ? undefined : -of;
    }
    case 'both': {
      const left = evaluate(expression.left, lookup);
      if (left === undefined) return undefined;
      if (expression.operator === 'and' && !isTrue(left)) return false;
      if (expression.operator === 'or' && isTrue(left)) return true;
      const right = evaluate(expression.right, lookup);
      return right === undefined ? undefined : join(expression.operator, left, right);
    }
    case 'in': {
      const what = evaluate(expression.what, lookup);
      if (what === undefined) return undefined;
      return expression.list.some((item) => {
        const one = evaluate(item, lookup);
        return one !== undefined && areEqual(what, one);
      });
    }
    case 'call': {
      const given: Value[] = [];
      for (const item of expression.given) {
        const one = evaluate(item, lookup);
        if (one === undefined) return undefined;
        given.push(one);
      }
      return functionOf(expression.name)?.apply(...given);
    }
    default:
      return expression satisfies never;
  }
}

const CONDITIONS: ReadonlySet<Operator> = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or']);

/** Whether it can come to true or false. A variable can: it may hold the word. */
export function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case 'value':
      return typeof expression.value === 'boolean';
    case 'both':
      return CONDITIONS.has(expression.operator)
        && ((expression.operator !== 'and' && expression.operator !== 'or') || (isCondition(expression.left) && isCondition(expression.right)));
    case 'not':
      return isCondition(expression.of);
    case 'minus':
      return false;
    case 'call':
      return functionOf(expression.name)?.yields === 'boolean';
    case 'name':
    case 'in':
      return true;
    default:
      return expression satisfies never;
  }
}
