// Judging a problem or a link: the dialog, and taking a judgement back. The page is then as the service has it.
import { renew } from './report.js';

const dialog = document.getElementById('judge'), form = dialog.querySelector('form'), wrong = dialog.querySelector('.wrong');
let of = null, picked = '';

// words that are chosen in the text are what should stand there instead
document.addEventListener('selectionchange', () => {
  const selection = getSelection(), words = selection.toString().trim();
  if (words && selection.anchorNode && document.getElementById('paras').contains(selection.anchorNode)) picked = words;
});
function offer() {
  const correcting = form.verdict.value === 'corrected';
  form.querySelectorAll('.fields').forEach((fields) => { fields.hidden = !correcting || !fields.dataset.for.split(' ').includes(of.what); });
  form.querySelectorAll('option[data-for]').forEach((option) => { option.hidden = option.dataset.for !== of.what; });
}
function open(button) {
  of = { what: button.dataset.what, left: button.dataset.left, right: button.dataset.right };
  const { by } = form;
  const name = by.value || localStorage.getItem('suyin-judge') || '';
  form.reset();
  by.value = name;
  form.words.value = picked.slice(0, 2000);
  wrong.hidden = true;
  dialog.querySelector('h2').textContent = button.dataset.words;
  offer();
  dialog.showModal();
}
function said() {
  const { what, left, right } = of, verdict = form.verdict.value, given = { what, left, verdict, by: form.by.value, why: form.why.value };
  if (right) given.right = right;
  if (verdict !== 'corrected') return given;
  if (what === 'Problem') return { ...given, headline: form.headline.value, code: form.category.value };
  const words = what === 'CAUSED_BY' && !form.instead.value ? form.words.value.trim() : '';
  return { ...given, right_instead: form.instead.value || words, code: words ? form.type.value : '' };
}
async function ask(address, options) {
  const answer = await fetch(address, { ...options, headers: { Accept: 'application/json', 'Content-Type': 'application/json' } });
  if (answer.ok) return '';
  const body = await answer.json().catch(() => ({}));
  return [body.detail || answer.statusText, body.fix].filter(Boolean).join(' — ');
}
const failed = () => wrong.dataset.failed;

form.addEventListener('change', offer);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('.primary');
  button.disabled = true;
  const fault = await ask('/judgements', { method: 'POST', body: JSON.stringify(said()) }).catch(String);
  button.disabled = false;
  wrong.hidden = !fault;
  if (fault) { wrong.textContent = `${failed()}: ${fault}`; return; }
  localStorage.setItem('suyin-judge', form.by.value);
  picked = '';
  dialog.close();
  await renew();
});
form.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
document.addEventListener('click', async ({ target }) => {
  const judge = target.closest('button.judge'), back = target.closest('[data-withdraw]');
  if (judge) open(judge);
  if (!back || !window.confirm(back.dataset.sure)) return;
  back.disabled = true;
  const fault = await ask(`/judgements/${encodeURIComponent(back.dataset.withdraw)}?by=${encodeURIComponent(back.dataset.by)}`, { method: 'DELETE' }).catch(String);
  if (fault) { back.disabled = false; window.alert(`${failed()}: ${fault}`); return; }
  await renew();
});
