import { element } from './docs-dom.js';
import { operationView, overview } from './docs-operation.js';

const content = document.querySelector('#content');
const sidebar = document.querySelector('#sidebar');
const tree = document.querySelector('#tree');
const search = document.querySelector('#search');
const count = document.querySelector('#count');
const menu = document.querySelector('#menu');

/** Chapters with their tags and the operations of each, in the document's order. */
function groupsOf(contract) {
  const byTag = new Map();
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const [method, op] of Object.entries(item)) {
      const [tag] = op.tags;
      const entry = { path, method: method.toUpperCase(), op, text: [op.operationId, path, ...(op['x-aliases'] ?? []), op.summary, op['x-section'] ?? '', tag].join(' ').toLowerCase() };
      byTag.set(tag, [...(byTag.get(tag) ?? []), entry]);
    }
  }
  return contract['x-tagGroups'].map(({ name, tags }) => ({ name, tags: tags.map((tag) => ({ name: tag, operations: byTag.get(tag) ?? [] })) }));
}

function link({ op, method }) {
  return element('li', {}, element('a', { href: `#${op.operationId}`, 'data-operation': op.operationId },
    element('span', { class: `method ${method}` }, method), element('span', { class: 'name' }, op.summary),
    element('small', {}, [op['x-section'], op.operationId].filter(Boolean).join('  '))));
}

function drawTree(groups, wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const current = location.hash.slice(1);
  let shown = 0;
  const drawn = groups.flatMap(({ name, tags }) => {
    const parts = tags.flatMap((tag) => {
      const operations = tag.operations.filter(({ text }) => words.every((word) => text.includes(word)));
      if (operations.length === 0) return [];
      shown += operations.length;
      const isOpen = words.length > 0 || operations.some(({ op }) => op.operationId === current);
      return [element('details', { open: isOpen }, element('summary', {}, tag.name, element('span', {}, String(operations.length))), element('ul', {}, operations.map(link)))];
    });
    return parts.length === 0 ? [] : [element('p', { class: 'chapter' }, name), ...parts];
  });
  tree.replaceChildren(...drawn);
  count.textContent = words.length === 0 ? `${shown} operations` : `${shown} found`;
}

function markCurrent() {
  const current = location.hash.slice(1);
  for (const anchor of tree.querySelectorAll('a')) {
    if (anchor.dataset.operation === current) {
      anchor.setAttribute('aria-current', 'page');
      const details = anchor.closest('details');
      details.open = true;
      anchor.scrollIntoView({ block: 'nearest' });
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

function showOperation(contract, groups) {
  const id = decodeURIComponent(location.hash.slice(1));
  const entry = groups.flatMap(({ tags }) => tags).flatMap(({ operations }) => operations).find(({ op }) => op.operationId === id);
  if (entry !== undefined) content.replaceChildren(...operationView(contract, entry));
  else if (id === '') content.replaceChildren(...overview(contract, groups));
  else content.replaceChildren(element('h1', {}, 'Not served'), element('p', {}, 'There is no operation ', element('code', {}, id), ' in this installation.'));
  document.title = entry === undefined ? contract.info.title : `${entry.op.operationId} – ${contract.info.title}`;
  sidebar.classList.remove('open');
  menu.setAttribute('aria-expanded', 'false');
  markCurrent();
  window.scrollTo(0, 0);
}

/** Up and down walk through the list, the slash goes to the search, Enter opens the first that was found. */
function onKey(event) {
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (!sidebar.contains(event.target)) return;
  const links = [...tree.querySelectorAll('details[open] a')];
  if (event.key === 'Enter' && event.target === search) links[0]?.click();
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const next = links.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1);
  event.preventDefault();
  if (next < 0) search.focus();
  else links[Math.min(next, links.length - 1)]?.focus();
}

async function load() {
  const response = await fetch('/openapi.json');
  if (!response.ok) throw new Error(`openapi.json answered HTTP ${response.status}`);
  return response.json();
}

try {
  const contract = await load();
  const groups = groupsOf(contract);
  document.querySelector('#version').textContent = contract.info.version;
  drawTree(groups, '');
  showOperation(contract, groups);
  search.addEventListener('input', () => {
    drawTree(groups, search.value);
    markCurrent();
  });
  menu.addEventListener('click', () => { menu.setAttribute('aria-expanded', String(sidebar.classList.toggle('open'))); });
  window.addEventListener('hashchange', () => {
    showOperation(contract, groups);
    content.focus({ preventScroll: true });
  });
  document.addEventListener('keydown', onKey);
} catch (error) {
  content.replaceChildren(element('h1', {}, 'The contract could not be read'), element('p', {}, error.message));
}
