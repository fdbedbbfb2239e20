/**
 * Makes an element. Attributes that are functions become listeners, `false` and `undefined` ones are left out.
 * @param {string} name
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => unknown)>} [attributes]
 * @param {...(Node | string | undefined | false | readonly (Node | string)[])} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children.flat()) if (child !== undefined && child !== false) made.append(child);
  return made;
}

/** Text with `code` in it. */
export function inline(text) {
  return String(text).split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

/** Paragraphs of such text. */
export function prose(text) {
  return String(text).split(/\n{2,}/).map((paragraph) => element('p', {}, inline(paragraph)));
}

/** Text that can be copied by a button. */
export function copyable(text) {
  const button = element('button', {
    type: 'button',
    click: async () => {
      try {
        await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
        button.textContent = 'Copied';
      } catch {
        // Over plain HTTP from elsewhere browsers keep the clipboard shut.
        button.textContent = 'Select and copy';
      }
    },
  }, 'Copy');
  const pre = element('pre', { tabindex: '0' }, typeof text === 'function' ? text() : text);
  return element('div', { class: 'copyable' }, pre, button);
}

export const pretty = (value) => JSON.stringify(value, null, 2);
