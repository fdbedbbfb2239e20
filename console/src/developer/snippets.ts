/** A request with all that it needs to be let in. */
export interface ReadyRequest {
  readonly origin: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly authorization: string;
  /** Undefined for a request without one. */
  readonly body: string | undefined;
}

export const CONTENT_TYPE = 'application/json; charset=UTF-8';

export const LANGUAGES = ['curl', 'javascript', 'python'] as const;
export type SnippetLanguage = (typeof LANGUAGES)[number];

/** For a shell: nothing has a meaning between these quotes but the quote itself. */
const inShell = (text: string): string => `'${text.replaceAll('\'', String.raw`'\''`)}'`;

/** What JSON writes between its quotes both JavaScript and Python read alike. */
const quoted = (text: string): string => JSON.stringify(text);

const headersOf = ({ authorization, body }: ReadyRequest): readonly (readonly [string, string])[] => [
  ['Authorization', authorization], ...(body === undefined ? [] : [['Content-Type', CONTENT_TYPE] as const]),
];

function curlOf(request: ReadyRequest): string {
  const { origin, method, url, body } = request;
  const parts = [`curl -X ${method} ${inShell(`${origin}${url}`)}`, ...headersOf(request).map(([name, value]) => `-H ${inShell(`${name}: ${value}`)}`)];
  return [...parts, ...(body === undefined ? [] : [`--data-binary ${inShell(body)}`])].join(' \\\n  ');
}

function javascriptOf(request: ReadyRequest): string {
  const { origin, method, url, body } = request;
  const headers = headersOf(request).map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`).join('\n');
  return `const reply = await fetch(${quoted(`${origin}${url}`)}, {
  method: ${quoted(method)},
  headers: {
${headers}
  },${body === undefined ? '' : `\n  body: ${quoted(body)},`}
});
console.log(reply.status, await reply.text());`;
}

function pythonOf(request: ReadyRequest): string {
  const { origin, method, url, body } = request;
  const headers = headersOf(request).map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`).join('\n');
  return `from urllib.request import Request, urlopen

request = Request(${quoted(`${origin}${url}`)}, method=${quoted(method)}, headers={
${headers}
}${body === undefined ? '' : `, data=${quoted(body)}.encode("utf-8")`})
with urlopen(request) as reply:
    print(reply.status, reply.read().decode("utf-8"))`;
}

const WRITERS: Readonly<Record<SnippetLanguage, (request: ReadyRequest) => string>> = { curl: curlOf, javascript: javascriptOf, python: pythonOf };

/** The request as a program makes it. The signature covers every character of it. */
export const snippetOf = (language: SnippetLanguage, request: ReadyRequest): string => WRITERS[language](request);

/** JSON laid out to be read; anything else as it came. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
