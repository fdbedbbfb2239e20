/** What the page says in Chinese; the English stands in the page itself, and in the server's answers. */
const CHINESE = {
  title: 'Parley：首位系统管理员', welcome: '欢迎使用 Parley', lead: '请创建本系统的首位系统管理员账号。此链接只能使用一次。', account: '账号', name: '姓名', email: '邮箱（可不填）', password: '密码',
  rule: '至少 8 个字符，须包含大写字母、小写字母、数字和特殊字符。', create: '创建账号',
};
/** What is wrong, where the server answers with one of these statuses, or names one of these fields. */
const CHINESE_FAULTS = {
  401: '设置链接无效或已过期，重新启动 Parley 会打印新的链接。', 409: '本系统已有系统管理员，请直接登录。',
  account: '账号须为 6 至 50 个字母、数字或 @ . - _', name: '姓名包含不允许的字符。', email: '邮箱格式不正确。', password: '密码不符合要求：须包含各类字符，且不能与账号相同。',
};
const isChinese = navigator.language.toLowerCase().startsWith('zh');
const NOT_WHOLE = isChinese ? '链接不完整，请从 Parley 打印处完整复制。' : 'The link is not whole: copy all of it from where Parley printed it.';
const NO_ANSWER = isChinese ? 'Parley 没有响应，请稍后重试。' : 'Parley does not answer. Try again in a moment.';

// The token stands behind the #, which a browser sends to nobody.
const token = decodeURIComponent(location.hash.slice(1));
const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const outcome = /** @type {HTMLElement} */ (document.getElementById('outcome'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));

if (isChinese) {
  document.documentElement.lang = 'zh';
  document.title = CHINESE.title;
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-text]'))) {
    element.textContent = Object.entries(CHINESE).find(([name]) => name === element.dataset['text'])?.[1] ?? '';
  }
}

/**
 * @param {string} path
 * @param {object} body
 */
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/**
 * What the server has refused, in words.
 * @param {Response} reply
 */
async function faultOf(reply) {
  const { error: { message, field } } = await reply.json();
  const told = isChinese ? Object.entries(CHINESE_FAULTS).find(([name]) => name === field || name === String(reply.status)) : undefined;
  return told?.[1] ?? message;
}

/**
 * There is nothing to be filled in.
 * @param {string} why
 */
function giveUp(why) {
  form.hidden = true;
  /** @type {HTMLElement} */ (document.getElementById('lead')).hidden = true;
  outcome.textContent = why;
}

/** A link that is good for nothing is told before anybody fills anything in. */
async function check() {
  if (token === '') {
    giveUp(NOT_WHOLE);
    return;
  }
  try {
    const reply = await post('/admin/v1/setup/link', { token });
    if (!reply.ok) giveUp(await faultOf(reply));
  } catch {
    outcome.textContent = NO_ANSWER;
  }
}

async function create() {
  button.disabled = true;
  outcome.textContent = '';
  try {
    const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
    const reply = await post('/admin/v1/setup', { token, ...fields });
    if (reply.ok) {
      location.replace('/console/');
      return;
    }
    outcome.textContent = await faultOf(reply);
  } catch {
    outcome.textContent = NO_ANSWER;
  }
  button.disabled = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void create();
});
void check();
