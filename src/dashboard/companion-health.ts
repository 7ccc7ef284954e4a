import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Figures, SyncAccount } from './figures.js';
import type { Format } from './format.js';
import { accountNames, apiFailureName } from './names.js';
import { shared } from './shared.styles.js';

const BREAKER: Readonly<Record<string, string>> = {
  closed: 'Responding',
  open: 'Paused after repeated failures',
  'half-open': 'Trying again after failures',
};

const SYNC: Readonly<Record<string, string>> = {
  'no-key': 'Not synchronised: needs a key',
  never: 'Not synchronised yet',
  running: 'Synchronising now',
  ok: 'Up to date',
  failing: 'Synchronisation fails',
  interrupted: 'Interrupted; continues by itself',
};

/** Share of a budget from which it is nearly used up, as the alerts have it. */
const NEARLY = 100 / 120;

/** Waiting jobs that are too many, as the alerts have it. */
const BACKLOG = 50;

type Account = Figures['status']['upstreams'][number];

/** How the companion itself is: budgets and breakers, synchronisation, queue. */
export class CompanionHealthElement extends LitElement {
  static override properties = { figures: { attribute: false }, format: { attribute: false } };
  declare figures: Figures;
  declare format: Format;

  protected override render(): TemplateResult {
    const { status, sync } = this.figures;
    const names = accountNames(status.upstreams);
    const now = Date.parse(status.at);
    return html`<section class="panel" aria-labelledby="heading">
      <h2 id="heading">Companion</h2>
      <ul>
        ${status.upstreams.map((account) =>
          this.#account(
            account,
            names.get(account.account) ?? account.provider,
            sync?.find((one) => one.account === account.account),
            now,
          ),
        )}
        ${this.#queue(now)} ${this.#answers()}
      </ul>
    </section>`;
  }

  #account(account: Account, name: string, sync: SyncAccount | undefined, now: number): TemplateResult {
    const { count, ago } = this.format;
    const { used, budget, breaker, lastFailure, lastSuccess } = account;
    const isFull = used > budget * NEARLY;
    return html`<li>
      <h3 title=${account.account}>${name}</h3>
      ${
        lastSuccess || lastFailure
          ? verdict(breaker === 'closed', BREAKER[breaker] ?? breaker)
          : html`<p class="hint">Not called yet</p>`
      }
      <p>
        <meter
          min="0"
          max=${budget}
          high=${Math.round(budget * NEARLY)}
          .value=${Math.min(used, budget)}
          aria-label="Calls to ${name} in the last minute"
        ></meter>
        ${count(used)} of ${count(budget)} calls a
        minute${isFull ? html` <strong class="bad">nearly used up</strong>` : ''}
      </p>
      <p class="hint">
        ${lastSuccess ? `Last response ${ago(lastSuccess, now)}.` : ''}
        ${lastFailure ? `Last failure ${ago(lastFailure.at, now)}: ${apiFailureName(lastFailure.code)}.` : ''}
      </p>
      ${account.calls.sent > 0 ? this.#calls(account.calls) : ''} ${sync ? this.#sync(sync, name, now) : ''}
    </li>`;
  }

  #calls({ sent, p50, p95, success, outcomes }: Account['calls']): TemplateResult {
    const { count, duration, percent } = this.format;
    const limited = outcomes['rate-limited'] ?? 0;
    return html`<p class="hint">
      Last hour: ${count(sent)} calls, ${percent(success)} successful, half within
      ${duration(p50 ?? undefined)}, 95 % within
      ${duration(p95 ?? undefined)}${limited > 0 ? `, ${count(limited)} refused as too many` : ''}.
    </p>`;
  }

  #sync({ account, state, run, bookings }: SyncAccount, name: string, now: number): TemplateResult {
    const { count, ago } = this.format;
    const isBad = state === 'failing' || state === 'interrupted';
    const words = SYNC[state] ?? state;
    return html`${isBad || state === 'ok' ? verdict(!isBad, words) : html`<p class="hint">${words}</p>`}
    ${
      run
        ? html`<p class="hint">
            ${isBad && run.failure ? `${run.failure} ` : ''}${count(run.bookings)}
            bookings${run.lastSuccess ? `, last ${ago(run.lastSuccess, now)}` : ''}: ${count(run.new)} new,
            ${count(run.changed)} changed, ${count(run.gone)} gone.
          </p>`
        : ''
    }
    ${bookings && (bookings.active > 0 || bookings.gone > 0 || run) ? this.#bookings(bookings, now) : ''}
    ${
      state === 'no-key'
        ? ''
        : html`<sync-button
            .account=${account}
            .name=${name}
            .isRunning=${state === 'running'}
          ></sync-button>`
    }`;
  }

  #bookings(
    { active, gone, delivered, last }: NonNullable<SyncAccount['bookings']>,
    now: number,
  ): TemplateResult {
    const { count, ago } = this.format;
    const latest = (['booked', 'moved', 'cancelled'] as const).flatMap((kind) => {
      const at = last[kind];
      return at === null ? [] : `${kind} ${ago(at, now)}`;
    });
    return html`<p class="hint">
      ${count(active)} active, ${count(gone)} gone, ${count(delivered)} by
      webhook${latest.length > 0 ? `; last ${latest.join(', ')}` : ''}.
    </p>`;
  }

  #queue(now: number): TemplateResult {
    const { count, ago } = this.format;
    const { waiting, failed, oldest } = this.figures.status.queue;
    const age = waiting > 0 ? `, the oldest came ${ago(now - oldest, now)}` : '';
    return html`<li>
      <h3>Deliveries</h3>
      ${verdict(waiting <= BACKLOG, `${count(waiting)} waiting${age}`)}
      ${verdict(failed === 0, failed === 0 ? 'None given up' : `${count(failed)} given up`)}
      <p class="hint">Webhooks that were received and are processed one after the other.</p>
    </li>`;
  }

  #answers(): TemplateResult {
    const { count, percent } = this.format;
    const { hit, miss, stale, failed, hitShare } = this.figures.status.answers;
    return html`<li>
      <h3>Slots</h3>
      <p>${hitShare === null ? 'Not requested' : `${percent(hitShare)} from the cache`}</p>
      <p class="hint">
        Last hour: ${count(hit)} from the cache, ${count(miss)} from the services, ${count(stale)}
        unconfirmed, ${count(failed)} failed.
      </p>
    </li>`;
  }

  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
        gap: 1.25rem;
        margin: 0.75rem 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        min-width: 0;
      }

      h3,
      p {
        overflow-wrap: anywhere;
      }

      meter {
        width: 6rem;
        max-width: 100%;
        height: 1rem;
        vertical-align: middle;
      }
    `,
  ];
}

const verdict = (isGood: boolean, words: string): TemplateResult =>
  html`<p class=${isGood ? 'good' : 'bad'}>
    <span aria-hidden="true">${isGood ? '✓' : '!'}</span> ${words}
  </p>`;
