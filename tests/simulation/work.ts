import { saveRecord, type SaveRequest } from '../../renderer/use-cases/save-record.ts';
import { openRecord } from '../../renderer/use-cases/open-record.ts';
import { syncNow } from '../../renderer/use-cases/sync-now.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import { refKey, type Compartment, type RecordRef, type Value } from '../../shared/records/record.ts';
import { compactIn, termMs } from './compacting.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { liveOf } from '../../shared/sync/replica-record.ts';
import { isEditable, openForm, requestOf, type FormField } from './forms.ts';
import type { Laptop, Window } from './laptop.ts';
import { saveAsNewerApp } from './newer-app.ts';
import { must, Violation, type Oracle } from './oracle.ts';
import { Killed } from './process.ts';
import type { Prng } from './prng.ts';
import { valueNo } from './values.ts';
import type { Variant } from './variant.ts';

export type Action = 'create' | 'open' | 'save' | 'rework' | 'sync' | 'compact' | 'undo' | 'move';
const errorsOfSave: readonly string[] = ['moved', 'storage-full'];

/** What people do at their laptops, through the use cases of the app; the oracle hears of every save. */
export class Work {
  private readonly at: {
    readonly prng: Prng;
    readonly oracle: Oracle;
    readonly endpoint: SimulatedEndpoint;
    readonly variant: Variant;
    readonly sites: readonly string[];
    readonly note: (line: string) => void;
    readonly isQuiet: () => boolean;
    readonly backUp: () => void;
    readonly wait: (ms: number) => void;
    readonly setLine: (line: 'good' | 'as it is') => void;
  };
  /** As the app offers it: on the page that saved, while it is open. */
  private undo: { readonly window: Window; readonly request: SaveRequest } | null = null;
  private values = 0;

  constructor(at: Work['at']) {
    this.at = at;
  }

  async act(laptop: Laptop, window: Window, action: Action): Promise<void> {
    switch (action) {
      case 'create':
        return this.create(laptop, window);
      case 'open':
        return this.open(laptop, window);
      case 'save':
        return this.saveForm(laptop, window);
      case 'rework':
        return this.rework(laptop, window);
      case 'compact':
        return this.compact(laptop, window);
      case 'move':
        return this.move(laptop, window);
      case 'sync':
        await this.sync(laptop, window);
        return;
      case 'undo': {
        const { undo } = this;
        this.undo = null;
        if (undo?.window !== window) return;
        return this.save(laptop, window, undo.request, null);
      }
    }
  }

  readonly nextNo = (): number => ++this.values;

  async create(laptop: Laptop, window: Window, isForAll = false): Promise<void> {
    const { prng } = this.at;
    const chosen = prng.pick([
      'resident',
      'resident',
      'resident',
      'bedStay',
      'returnIntake',
      'finalisedIntake',
    ] as const);
    const kind = isForAll ? 'resident' : chosen;
    const may = (c: Compartment) => laptop.user.compartments.includes(c);
    const mine = laptop.user.sites.includes('*') ? this.at.sites : laptop.user.sites;
    const site = isForAll ? null : prng.pick([null, ...mine]);
    const ref: RecordRef = { kind, id: makeRecordId(prng.bytes(16)) };
    const values: Record<string, Value> = { placement: { site } };
    const give = (...fields: readonly string[]) => {
      for (const field of fields) values[field] = valueNo(field, this.nextNo());
    };
    switch (kind) {
      case 'resident':
        give('name', 'callName');
        if (may('finance') && prng.chance(0.5)) give('income.employment.2026-01');
        if (may('bsn') && prng.chance(0.5)) give('bsn');
        break;
      case 'bedStay': {
        const resident = this.recordsOf(laptop).find((one) => one.kind === 'resident');
        if (resident === undefined || site === null) return;
        values['stay'] = { site, bed: 'b1', resident: resident.id, from: '2026-11-01' };
        break;
      }
      case 'returnIntake':
        values['questionnaire'] = { id: 'return-intake', version: 1 };
        give('answer.explore_goal', 'answer.property_docs');
        if (may('health')) give('answer.consent_health');
        break;
      case 'finalisedIntake':
        if (!may('health')) return;
        give('health');
        break;
    }
    const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
    await this.save(laptop, window, { records: [{ ref, edits }], action: 'create', purpose: null }, []);
  }

  private recordsOf(laptop: Laptop): readonly RecordRef[] {
    return [...laptop.disk.store.rows.values()].map(({ ref }) => ref);
  }

  private async open(laptop: Laptop, window: Window): Promise<void> {
    const refs = this.recordsOf(laptop).filter(({ kind }) => isEditable(kind));
    if (refs.length === 0) return;
    // Few records, so that people meet on them.
    const ref = this.at.prng.pick(this.at.prng.chance(0.75) ? refs.slice(0, 2) : refs.slice(-4));
    const form = await openForm({ vault: window.vault, variant: this.at.variant, prng: this.at.prng }, ref);
    if (form === undefined) return;
    window.forms.push(form);
    this.at.note(
      `laptop ${laptop.no}: opens ${refKey(ref).slice(0, 17)} ${form.fields.map(({ field }) => field).join()}`,
    );
  }

  /** To another site, also to one that this laptop may not read; or to none. */
  private async move(laptop: Laptop, window: Window): Promise<void> {
    const { prng } = this.at;
    const refs = this.recordsOf(laptop).filter(({ kind }) => kind === 'resident' || kind === 'returnIntake');
    if (refs.length === 0) return;
    const ref = prng.pick(refs);
    const opened = await openRecord(window.vault, ref, null);
    if (!opened.ok) return;
    const edit = {
      field: 'placement',
      value: { site: prng.pick([null, ...this.at.sites]) },
      base: liveOf(opened.value.record, 'placement').map(dotOf),
    };
    await this.save(laptop, window, { records: [{ ref, edits: [edit] }], action: 'edit', purpose: null }, null);
  }

  /** One field several times in a row: the operations that compaction is about. */
  private async rework(laptop: Laptop, window: Window): Promise<void> {
    const { prng } = this.at;
    const refs = this.recordsOf(laptop).filter(({ kind }) => kind === 'resident');
    if (refs.length === 0) return;
    const ref = prng.pick(refs.slice(0, 2));
    const field = prng.pick(['name', 'callName', 'birthDate']);
    for (let times = 2 + prng.int(2); times > 0; times--) {
      const opened = await openRecord(window.vault, ref, null);
      if (!opened.ok) return;
      const edit = { field, value: valueNo(field, this.nextNo()), base: opened.value.baseOf(field) };
      await this.save(laptop, window, { records: [{ ref, edits: [edit] }], action: 'edit', purpose: null }, null);
    }
  }

  /** Noted, then in a backup, then dropped: what takes the app a night and the term. */
  private async compact(laptop: Laptop, window: Window): Promise<void> {
    if (this.at.prng.chance(0.5)) await this.rework(laptop, window);
    this.at.setLine('good');
    try {
      await this.compactOnce(laptop, window);
      if (this.at.prng.chance(0.7)) this.at.backUp();
      this.at.wait(termMs);
      await this.compactOnce(laptop, window);
    } finally {
      this.at.setLine('as it is');
    }
  }

  /** As the app does it: after an exchange, and not of what is open in a form. */
  private async compactOnce(laptop: Laptop, window: Window): Promise<void> {
    const done = await this.sync(laptop, window);
    if (!done.ok) return;
    const open = new Set(laptop.windows.flatMap(({ forms }) => forms.map(({ ref }) => refKey(ref))));
    const dropped = await compactIn(laptop, window, {
      archived: done.value.archived,
      isInUse: (ref) => open.has(refKey(ref)),
      spareIn: this.at.variant.spareIn,
      proved: this.at.endpoint.proved,
    });
    if (dropped > 0) this.at.note(`laptop ${laptop.no}: drops ${dropped} superseded operations`);
  }

  private async saveForm(laptop: Laptop, window: Window): Promise<void> {
    if (window.forms.length === 0) await this.open(laptop, window);
    const form = window.forms.splice(this.at.prng.int(window.forms.length), 1)[0];
    if (form === undefined) return;
    const request = await requestOf(
      { vault: window.vault, variant: this.at.variant, prng: this.at.prng },
      form,
      this.nextNo,
    );
    await this.save(laptop, window, request, form.fields);
  }

  /** `fields`: of a form that was open; null where the request itself says what was seen. */
  private async save(
    laptop: Laptop,
    window: Window,
    request: SaveRequest,
    fields: readonly FormField[] | null,
  ): Promise<void> {
    this.at.oracle.begin();
    const what = request.records.map(
      ({ ref, edits }) => `${refKey(ref).slice(0, 17)} ${edits.map((e) => e.field).join()}`,
    );
    try {
      const saved = await saveRecord(window.vault, request);
      this.at.note(`laptop ${laptop.no}: ${request.action} ${what.join()} ${saved.ok ? 'saved' : saved.error.type}`);
      this.at.oracle.checkSave(request, fields, saved.ok);
      if (!saved.ok) {
        const { type } = saved.error;
        // A form that was left open until its record had gone: what it needs to be read by is gone as well.
        const isGone = request.records.some(({ ref }) => !laptop.disk.store.rows.has(refKey(ref)));
        must(errorsOfSave.includes(type) || isGone, 'I1', `a save was refused: ${type}`);
        return;
      }
      window.times.saved();
      this.at.variant.saved?.(window.vault);
      if (saved.value.undo !== null) this.undo = { window, request: saved.value.undo };
    } catch (error) {
      if (error instanceof Killed) this.at.oracle.checkSave(request, fields, false);
      throw error;
    }
  }

  async saveNewer(laptop: Laptop, { vault }: Window): Promise<void> {
    const refs = this.recordsOf(laptop).filter(({ kind }) => kind === 'resident');
    if (refs.length === 0) return;
    this.at.oracle.begin();
    const ref = this.at.prng.pick(refs);
    const isSaved = await saveAsNewerApp(vault, ref, `colour ${this.nextNo()}`);
    this.at.note(`laptop ${laptop.no}: a newer app saves its field: ${isSaved}`);
    this.at.oracle.checkSave({ records: [{ ref, edits: [] }], action: 'edit', purpose: null }, null, isSaved);
  }

  async sync(laptop: Laptop, { vault, transport, times }: Window) {
    if (!this.at.endpoint.isUp && (this.at.isQuiet() || this.at.prng.chance(0.6))) {
      this.at.note('the endpoint starts again');
      await this.at.endpoint.start();
    }
    times.begin();
    const done = await syncNow(vault, transport, laptop.user.sites);
    if (done.ok) times.succeeded();
    else times.failed(0.99, 'retryAfterMs' in done.error ? done.error.retryAfterMs : 0);
    this.at.note(
      `laptop ${laptop.no}: sync ${done.ok ? `sent ${done.value.sent}, received ${done.value.received}` : done.error.type}`,
    );
    if (!done.ok && done.error.type === 'unreadable')
      throw new Violation('I1', `laptop ${laptop.no}: a row became unreadable`);
    return done;
  }
}
