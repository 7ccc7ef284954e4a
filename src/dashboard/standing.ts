import { html, nothing, type TemplateResult } from 'lit';
import type { Figures, SyncAccount } from './figures.js';
import { ago, count } from './words.js';

const BREAKER: Readonly<Record<string, string>> = {
  closed: 'answers',
  open: 'is not asked at the moment: it failed again and again',
  'half-open': 'is being tried again',
};

const SYNC: Readonly<Record<string, string>> = {
  'no-key': 'Without a key bookings cannot be listed.',
  never: 'Not synchronised yet.',
  running: 'Being synchronised now.',
  ok: 'In order.',
  failing: 'Cannot be synchronised.',
  interrupted: 'Interrupted; it goes on by itself.',
};

type Account = Figures['status']['upstreams'][number];

function accountRow(account: Account, now: number): TemplateResult {
  const { used, budget, breaker, lastFailure, lastSuccess } = account;
  const isFull = used > budget * (100 / 120);
  return html`<li>
    <h3>${account.provider} <span class="quiet">${account.account}</span></h3>
    <p>
      <meter
        min="0"
        max=${budget}
        high=${Math.round(budget * (100 / 120))}
        .value=${Math.min(used, budget)}
        aria-label="Calls of ${account.account} in the last minute"
      ></meter>
      ${used} of ${budget} calls a
      minute${isFull ? html` <strong class="bad">nearly used up</strong>` : nothing}
    </p>
    <p class=${breaker === 'closed' ? 'good' : 'bad'}>
      ${breaker === 'closed' ? '✓' : '!'} It ${BREAKER[breaker] ?? breaker}.
    </p>
    <p class="hint">
      ${lastSuccess ? `Last answer ${ago(lastSuccess, now)}. ` : ''}${
        lastFailure ? `Last failure ${ago(lastFailure.at, now)}: ${lastFailure.code}.` : ''
      }
    </p>
  </li>`;
}

function syncRow({ account, state, run }: SyncAccount, now: number): TemplateResult {
  const isBad = state === 'failing' || state === 'interrupted';
  return html`<li>
    <h3>${account}</h3>
    <p class=${isBad ? 'bad' : state === 'ok' ? 'good' : 'quiet'}>
      ${isBad ? '! ' : state === 'ok' ? '✓ ' : ''}${SYNC[state] ?? state}${run?.failure && isBad ? ` ${run.failure}` : ''}
    </p>
    ${
      run
        ? html`<p class="hint">
            ${count(run.bookings)} bookings${run.lastSuccess ? `, last ${ago(run.lastSuccess, now)}` : ''}.
          </p>`
        : nothing
    }
  </li>`;
}

/** How the companion stands at this moment: budgets, breakers, queue, synchronisation. */
export function standingPanels({ status, sync }: Figures): TemplateResult {
  const now = Date.parse(status.at);
  const { waiting, failed, oldest } = status.queue;
  return html`<section class="panel" aria-labelledby="accounts">
      <h2 id="accounts">Scheduling services</h2>
      <ul class="plain">
        ${status.upstreams.map((account) => accountRow(account, now))}
      </ul>
    </section>
    <section class="panel" aria-labelledby="queue">
      <h2 id="queue">Queue</h2>
      <p class=${waiting > 50 ? 'bad' : 'good'}>
        ${waiting > 50 ? '!' : '✓'} ${count(waiting)}
        waiting${waiting > 0 ? `, the oldest for ${count(oldest / 1000)} s` : ''}
      </p>
      <p class=${failed > 0 ? 'bad' : 'good'}>${failed > 0 ? '!' : '✓'} ${count(failed)} given up</p>
    </section>
    ${
      sync
        ? html`<section class="panel" aria-labelledby="sync">
            <h2 id="sync">Synchronisation of bookings</h2>
            ${
              sync.length > 0
                ? html`<ul class="plain">
                    ${sync.map((account) => syncRow(account, now))}
                  </ul>`
                : html`<p class="nothing">No account to synchronise.</p>`
            }
          </section>`
        : nothing
    }`;
}
