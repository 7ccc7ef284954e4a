import './gallery.js';

const form = document.querySelector('#enquiry');
const output = document.querySelector('output');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const fields = [...new FormData(form)].map(([name, value]) => `${name} = ${value}`);
  output.textContent = fields.join('\n');
});
