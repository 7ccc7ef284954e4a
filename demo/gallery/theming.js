import './gallery.js';
import { fileBox } from './snippet.js';

for (const place of document.querySelectorAll('[data-file]'))
  place.replaceWith(await fileBox('CSS', place.dataset.file));
