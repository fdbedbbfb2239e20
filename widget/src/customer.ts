import { mountButton } from './button.ts';
import { customerTexts, type Drawing } from './customer-texts.ts';
import { draw, make } from './element.ts';
import { languageOf } from './texts.ts';

/* A page of a shop for trying the button: /widget/customer.html?key=wk-...&number=1000&name=Sales. Numbers, and their names beside them, may be several. */

const NO_DIGIT = /[^\d*#+]/g;

const query = new URLSearchParams(location.search);
const key = query.get('key') ?? '';
const names = query.getAll('name');
const numbers = query.getAll('number').map((code, index) => ({ code, name: names[index] ?? '' }));
const language = languageOf(query.get('language') ?? localStorage.getItem('parley.language') ?? undefined, navigator.language);
const text = customerTexts[language];
document.documentElement.lang = language;
document.title = text.shop;

const DRAWINGS: Readonly<Record<Drawing, string>> = {
  pot: 'M6 10h10a6 6 0 0 1-10 9 6 6 0 0 1 0-9Z M16 12l5-3-2 6-4 3 M6 12a3 3 0 0 0 0 6 M8 10a3 3 0 0 1 6 0 M11 7V5',
  bowl: 'M3 11h18a9 9 0 0 1-18 0Z M8 20h8 M9 4c-1 1 1 2 0 4 M13 4c-1 1 1 2 0 4',
  leaf: 'M11 20A7 7 0 0 1 9.8 6.1C15.5 5 17 4.5 19 2c1 2 2 4.2 2 8 0 5.5-4.8 10-10 10Z M2 21c0-3 1.9-5.4 5.1-6 2.4-.5 4.9-2 5.9-3',
};

const header = make('header', {}, make('h1', {}, text.shop), make('p', {}, text.slogan));
const goods = make('ul', { className: 'goods' }, ...text.goods.map(([drawing, name, price]) =>
  make('li', {}, draw(DRAWINGS[drawing]), name, make('br'), make('small', {}, price))));
const tag = `<script src="${location.origin}/widget/widget.js" data-key="${key}" data-number="${numbers[0]?.code ?? ''}" async></script>`;
const tagSection = make('section', {}, make('h2', {}, text.tag), make('p', {}, text.tagHint), make('pre', { tabIndex: 0 }, tag));
const about = make('div', {}, make('p', {}, text.about), goods);

/** Whom the button calls, and as whom. It is the button that calls, as on any page that has it. */
function callUs(): HTMLElement {
  const number = make('input', { type: 'tel', id: 'number', value: numbers[0]?.code ?? '', autocomplete: 'off' });
  const own = make('input', { type: 'tel', id: 'own', value: '+491711234567', autocomplete: 'off' });
  const other = make('div', { hidden: numbers.length > 0 }, make('label', { className: 'field', htmlFor: 'number' }, text.number), number);
  for (const field of [number, own]) field.addEventListener('input', () => { field.value = field.value.replace(NO_DIGIT, ''); });

  const choices = [...numbers, { code: '', name: text.other }].map(({ code, name }, index) => {
    const choice = make('input', { type: 'radio', name: 'whom', value: code, checked: index === 0 });
    choice.addEventListener('change', () => {
      number.value = code;
      other.hidden = code !== '';
      if (code === '') number.focus();
    });
    return make('label', {}, choice, code === '' ? name : `${name} (${code})`);
  });

  const refused = make('p', { className: 'refused', role: 'status' });
  const button = mountButton({
    service: location.origin, key, language, number: () => number.value, caller: () => own.value, loadPhone: async () => (await import('./phone.ts')).placeCall,
  });
  button.subscribe(() => { refused.textContent = button.state().ending === 'refused' ? text.refused(number.value) : ''; });
  return make(
    'section', {}, make('h2', {}, text.questions), make('p', {}, text.how), make('fieldset', {}, make('legend', {}, text.whom), ...choices), other,
    make('label', { className: 'field', htmlFor: 'own' }, text.own), own, refused,
  );
}

const missing = (): HTMLElement => make('section', {}, make('h2', {}, text.missing), make('p', {}, text.missingHint));
document.body.append(header, make('main', {}, make('div', {}, key === '' ? missing() : callUs(), tagSection), about));
