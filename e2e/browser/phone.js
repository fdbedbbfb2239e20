/* global JsSIP */
/** A browser's phone for tests: it says a tone instead of what a microphone hears, and tells which tones it hears. */

const phone = { ua: undefined, session: undefined, pages: undefined, state: 'idle', cause: undefined, registered: undefined, keys: '', times: {}, options: undefined };
window.phone = phone;

const mark = (what) => { phone.times[what] ??= performance.now(); };

/** What is said in place of a microphone's sound. */
function openSound(hertz) {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const gain = new GainNode(context, { gain: 0.2 });
  const out = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(gain).connect(out);
  oscillator.start();
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
  return { context, stream: out.stream, analyser, source: undefined };
}

function listenTo(stream) {
  const { sound } = phone;
  // Chromium decodes what an element plays, and only then has the analyser something.
  const speaker = new Audio();
  speaker.muted = true;
  speaker.srcObject = stream;
  void speaker.play();
  sound.source?.disconnect();
  sound.source = new MediaStreamAudioSourceNode(sound.context, { mediaStream: stream });
  sound.source.connect(sound.analyser);
}

/** How loud it is around each of these tones, in decibels. */
phone.levels = (tones) => {
  const { analyser, context } = phone.sound;
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const width = context.sampleRate / analyser.fftSize;
  return tones.map((hertz) => {
    const at = Math.round(hertz / width);
    return Math.max(-200, ...bins.subarray(at - 1, at + 2));
  });
};

/** The loudest that these tones ever are while it looks so many times. */
phone.loudest = (tones, looks) => new Promise((resolve) => {
  let loudest = tones.map(() => -200);
  const look = () => {
    loudest = phone.levels(tones).map((level, index) => Math.max(level, loudest[index]));
    looks -= 1;
    if (looks > 0) setTimeout(look, 10);
    else resolve(loudest);
  };
  look();
});

/** How loud all of it is together, as the root of the mean square. */
phone.loudness = () => {
  const { analyser } = phone.sound;
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return Math.hypot(...samples) / Math.sqrt(samples.length);
};

/** What the camera sees now, as a JPEG in Base64. */
async function takeImage() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
  await video.play();
  const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext('2d').drawImage(video, 0, 0);
  for (const track of stream.getTracks()) track.stop();
  return canvas.toDataURL('image/jpeg').split(',')[1];
}

/** Whether the user lets a picture be taken; with undefined nobody is there to say so. */
phone.isWilling = undefined;

/** The agent asks for a picture, and is brought one, or told that there will be none. */
async function bringImage({ path, token }) {
  phone.images = (phone.images ?? 0) + 1;
  if (phone.isWilling === undefined) return;
  const body = JSON.stringify(phone.isWilling ? { token, image: await takeImage() } : { token, refused: true });
  const reply = await fetch(new URL(path, phone.socket.replace(/^ws/, 'http')), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  phone.imageStatus = reply.status;
}

function attend(session) {
  phone.session = session;
  phone.cause = undefined;
  phone.status = undefined;
  const connected = (connection) => {
    connection.addEventListener('track', ({ streams: [stream] }) => { listenTo(stream); });
  };
  if (session.connection) connected(session.connection);
  else session.on('peerconnection', ({ peerconnection }) => { connected(peerconnection); });
  session.on('progress', () => { if (phone.state !== 'up') phone.state = 'ringing'; });
  session.on('confirmed', () => { phone.state = 'up'; mark('up'); });
  session.on('accepted', () => { mark('accepted'); });
  session.on('newDTMF', ({ originator, dtmf }) => { if (originator === 'remote') phone.keys += dtmf.tone; });
  session.on('newInfo', ({ originator, info }) => {
    if (originator === 'remote' && info.contentType === 'application/vnd.parley.image-request+json') void bringImage(JSON.parse(info.body));
  });
  const over = ({ cause, message }) => {
    phone.state = 'gone';
    phone.cause = cause;
    phone.status = message?.status_code;
  };
  session.on('ended', over);
  session.on('failed', over);
}

phone.open = ({ address, user, password, socket, hertz, iceServers = [], registers }) => {
  phone.sound = openSound(hertz);
  phone.socket = socket;
  phone.options = { mediaStream: phone.sound.stream, pcConfig: { iceServers }, mediaConstraints: { audio: true, video: false } };
  phone.ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(socket)], uri: address, authorization_user: user, password, register: registers, register_expires: 120 });
  phone.ua.on('connected', () => { phone.connected = true; });
  phone.ua.on('registered', () => { phone.registered = 200; });
  phone.ua.on('registrationFailed', ({ response, cause }) => { phone.registered = response?.status_code ?? cause; });
  phone.ua.on('newRTCSession', ({ originator, session, request }) => {
    attend(session);
    phone.request = request;
    if (originator === 'remote') phone.state = 'ringing';
  });
  phone.ua.start();
};

/** What an INVITE says in Replaces that is to take the place of the call that came in (RFC 3891). */
phone.replaces = () => `${phone.request.call_id};to-tag=${phone.request.from_tag};from-tag=${phone.request.to_tag}`;

phone.call = (target, extraHeaders = []) => {
  phone.times = {};
  mark('called');
  phone.state = 'calling';
  phone.ua.call(target, { ...phone.options, extraHeaders });
};

phone.answer = () => {
  mark('answered');
  phone.session.answer(phone.options);
};

phone.hangUp = () => { phone.session.terminate(); };

phone.hold = () => new Promise((resolve) => { phone.session.hold({}, resolve); });
phone.resume = () => new Promise((resolve) => { phone.session.unhold({}, resolve); });

phone.press = (keys, transportType = 'RFC2833') => { phone.session.sendDTMF(keys, { duration: 100, interToneGap: 100, transportType }); };

/** Resolves with the time when one of the tones is heard for the first time. */
phone.hearsFirst = (tones, decibels) => new Promise((resolve) => {
  const look = () => {
    if (phone.sound.source && phone.levels(tones).some((level) => level > decibels)) resolve(performance.now() - phone.times.called);
    else setTimeout(look, 5);
  };
  look();
});
