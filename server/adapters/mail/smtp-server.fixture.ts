import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly sender: string;
  readonly receiver: string;
  /** Headers and body as they came, with the dots of RFC 5321 4.5.2 taken away again. */
  readonly data: string;
}

export interface SmtpServer {
  readonly url: string;
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
}

export interface SmtpServerOptions {
  /** What it says instead of accepting a receiver, such as `550 no such mailbox`. */
  readonly refusal?: string;
  /** It wants this name and password first (AUTH PLAIN). */
  readonly login?: { readonly user: string; readonly password: string };
  /** It takes connections and says nothing. */
  readonly mute?: boolean;
}

/** A mail server as far as a sender meets it (RFC 5321), on a port of the loopback. */
export async function startSmtpServer({ refusal, login, mute = false }: SmtpServerOptions = {}): Promise<SmtpServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const converse = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => { sockets.delete(socket); });
    socket.on('error', () => { sockets.delete(socket); });
    if (mute) return;
    const say = (line: string): void => { socket.write(`${line}\r\n`); };
    let buffer = '';
    let [sender, receiver, lines, isData, isKnown] = ['', '', [] as string[], false, login === undefined];
    const hear = (line: string): void => {
      if (isData) {
        if (line !== '.') {
          lines.push(line.startsWith('.') ? line.slice(1) : line);
          return;
        }
        received.push({ sender, receiver, data: lines.join('\n') });
        isData = false;
        say('250 taken');
        return;
      }
      const [verb = ''] = line.toUpperCase().split(' ');
      if (verb === 'EHLO') ['250-mail.example.com', '250-8BITMIME', ...(login === undefined ? ['250 SIZE 1000000'] : ['250 AUTH PLAIN'])].forEach(say);
      else if (verb === 'AUTH') {
        isKnown = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8') === `\0${login?.user}\0${login?.password}`;
        say(isKnown ? '235 welcome' : '535 wrong password');
      } else if (verb === 'MAIL') {
        sender = /<(.*?)>/.exec(line)?.[1] ?? '';
        say(isKnown ? '250 go on' : '530 who are you');
      } else if (verb === 'RCPT') {
        receiver = /<(.*?)>/.exec(line)?.[1] ?? '';
        say(refusal ?? '250 go on');
      } else if (verb === 'DATA') {
        [isData, lines] = [true, []];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say(verb === 'RSET' ? '250 forgotten' : '502 not here');
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        hear(line);
      }
    });
    say('220 mail.example.com');
  };
  const server = createServer(converse);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const who = login === undefined ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return {
    url: `smtp://${who}127.0.0.1:${port}`, received,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
