import { mountButton } from './button.ts';
import type { placeCall } from './phone.ts';
import { languageOf } from './texts.ts';

/* The one tag: <script src="https://parley.example.com/widget/widget.js" data-key="wk-..." data-number="1000" async></script> */

function embed({ src, dataset }: HTMLScriptElement): void {
  const { key = '', number = '', label, language, position, caller } = dataset;
  if (key === '' || number === '') {
    console.error('The call button of Parley needs data-key and data-number at its script tag.');
    return;
  }
  mountButton({
    service: new URL(src).origin, key, number: () => number, caller: () => caller, label, side: position === 'left' ? 'left' : 'right',
    language: languageOf(language, document.documentElement.lang, navigator.language),
    loadPhone: async () => {
      // It lies beside this file, wherever the page is from.
      const { placeCall: place } = await import(/* @vite-ignore */ new URL('phone.js', src).href) as { readonly placeCall: typeof placeCall };
      return place;
    },
  });
}

const own = document.currentScript;
if (!(own instanceof HTMLScriptElement)) console.error('The call button of Parley is a script, not a module: leave type="module" away.');
else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => { embed(own); });
else embed(own);
