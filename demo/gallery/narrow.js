import './gallery.js';

const range = document.querySelector('#width');
const output = document.querySelector('output[for=width]');
const box = document.querySelector('.resizable');

const apply = () => {
  box.style.setProperty('width', `${range.value}px`);
  output.textContent = `${range.value} px`;
};

range.addEventListener('input', apply);
apply();
