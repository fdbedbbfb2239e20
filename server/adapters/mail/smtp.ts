import { faultOf, type Letter, type Mail } from '../../engine/mail.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:port`; `smtps` where the connection begins with TLS. */
  readonly url: string;
  readonly from: string;
  readonly deadlineMs?: number;
  /** A certificate (PEM) to be trusted besides those that Node brings. */
  readonly trustedCertificate?: string;
}

/** What is used of nodemailer, which is loaded when the first letter is sent. */
interface Transport {
  readonly sendMail: (message: Letter & { readonly from: string; readonly disableFileAccess: true; readonly disableUrlAccess: true }) => Promise<unknown>;
}

const DEADLINE_MS = 20_000;
const OWN_MACHINE = /^(localhost|127\..*|::1)$/;
/** RFC 5321 4.2.1: from here on it is for good. */
const PERMANENT = 500;

function optionsOf({ url: text, deadlineMs = DEADLINE_MS, trustedCertificate }: SmtpOptions): object {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const auth = url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } };
  return {
    host, port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure, ...auth,
    // A password goes over the wire in the clear for nobody who keeps STARTTLS from us (RFC 3207 6).
    requireTLS: !secure && url.username !== '' && !OWN_MACHINE.test(host),
    ...(trustedCertificate === undefined ? {} : { tls: { ca: trustedCertificate } }),
    dnsTimeout: deadlineMs, connectionTimeout: deadlineMs, greetingTimeout: deadlineMs, socketTimeout: deadlineMs,
  };
}

/** Letters by SMTP: each over a connection of its own, as there are few. */
export function createSmtpMail(options: SmtpOptions): Mail {
  let transport: Promise<Transport> | undefined;
  const open = async (): Promise<Transport> => (await import('nodemailer')).createTransport(optionsOf(options));
  return {
    leaves: true,
    send: async (letter) => {
      const fault = faultOf(letter);
      if (fault !== undefined) return fault;
      transport ??= open();
      const { sendMail } = await transport.then((opened) => ({ sendMail: opened.sendMail.bind(opened) }));
      try {
        await sendMail({ ...letter, from: options.from, disableFileAccess: true, disableUrlAccess: true });
        return { ok: true };
      } catch (error) {
        const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
        const message = error instanceof Error ? error.message : String(error);
        // A password that the server does not take will be put right; what it says of a letter is said of that letter.
        const isAboutUs = error instanceof Error && 'code' in error && error.code === 'EAUTH';
        return { ok: false, why: code >= PERMANENT && !isAboutUs ? 'refused' : 'unreachable', message };
      }
    },
  };
}
