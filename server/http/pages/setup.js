// The token stands behind the #, which a browser sends to nobody.
const token = decodeURIComponent(location.hash.slice(1));
const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const outcome = /** @type {HTMLElement} */ (document.getElementById('outcome'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));

if (token === '') outcome.textContent = 'The link is not whole: copy all of it from where Parley printed it.';

async function create() {
  button.disabled = true;
  outcome.textContent = '';
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  try {
    const reply = await fetch('/admin/v1/setup', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, ...fields }),
    });
    const body = await reply.json();
    if (!reply.ok) throw new Error(body.error.message);
    form.hidden = true;
    /** @type {HTMLElement} */ (document.getElementById('lead')).textContent = `Hello ${body.name}.`;
    /** @type {HTMLElement} */ (document.getElementById('done')).hidden = false;
    history.replaceState(null, '', '/setup');
  } catch (error) {
    outcome.textContent = error instanceof Error ? error.message : String(error);
    button.disabled = false;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void create();
});
