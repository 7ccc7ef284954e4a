import { el, picture } from './element.js';
import { groups } from './pages.js';

const card = ({ path, title, summary }) =>
  el('li', {}, picture(path.slice(1)), el('h3', {}, el('a', { href: path }, title)), el('p', {}, summary));

/** The gallery's pages as cards. */
export function showIndex(place) {
  for (const { title, pages } of groups)
    place.append(el('h2', {}, title), el('ul', { class: 'cards' }, ...pages.map(card)));
}
