import { LitElement, css, html, type TemplateResult } from 'lit';
import '../components/banner.ts';
import '../components/problem.ts';
import { asApiError, post, type ApiError } from '../base/api.ts';
import { count, moment } from '../base/format.ts';
import { announce } from '../base/toasts.ts';
import type { LedgerFinding } from '../base/types.ts';
import { controls } from '../components/controls.ts';
import { panels } from '../components/sections.ts';

/** Whether the books add up. */
export class OvLedger extends LitElement {
  static override properties = { finding: { state: true }, busy: { state: true }, error: { state: true } };

  private finding: LedgerFinding | undefined;
  private busy = false;
  private error: ApiError | undefined;

  static override styles = [
    controls,
    panels,
    css`
      li {
        padding: var(--space-3) 0;
        border-top: 1px solid var(--line);
        font-size: var(--size-2);
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    return html`<section class="panel" aria-labelledby="heading">
      <header>
        <div>
          <h2 id="heading">Ledger</h2>
          <p class="about">
            Every credit that was ever given, charged or paid back is an entry of the ledger, and the sum of a user’s entries is the
            balance. The check reads all of them and compares them with the balances, the grants and the jobs.
          </p>
        </div>
        <button class="button primary" ?disabled=${this.busy} @click=${this.check}>
          ${this.busy ? 'Checking …' : 'Check the ledger'}
        </button>
      </header>
      <ov-problem what="The ledger was not checked" .error=${this.error} @retry=${this.check}></ov-problem>
      ${this.finding ? result(this.finding) : ''}
    </section>`;
  }

  private async check(): Promise<void> {
    this.busy = true;
    this.error = undefined;
    try {
      this.finding = await post<LedgerFinding>('/api/admin/ledger-check');
      announce(this.finding.discrepancies.length ? 'The ledger does not add up.' : 'The ledger adds up.');
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }
}

function result(finding: LedgerFinding): TemplateResult {
  const checked = `Checked ${moment(finding.checked_at)}.`;
  return finding.discrepancies.length
    ? html`<ov-banner tone="bad">
          <strong>${count(finding.discrepancies.length, 'thing does', 'things do')} not add up.</strong> ${checked} Somebody or
          something has changed the database past the platform. Compare it with a backup before you change anything.
        </ov-banner>
        <ul>
          ${finding.discrepancies.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>`
    : html`<ov-banner><strong>The ledger adds up.</strong> ${checked}</ov-banner>`;
}

customElements.define('ov-ledger', OvLedger);
