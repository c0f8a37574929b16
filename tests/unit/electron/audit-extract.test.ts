import { expect, it } from 'vitest';
import { extractAudit } from '../../../electron/audit-extract.ts';
import { randomOf, sealBytes, sha256 } from '../../../electron/node-crypto.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { auditEntrySchema, auditHash, emptyAuditHead } from '../../../shared/vault/audit-entry.ts';
import { boxAad, boxHeader, makeBox, padPlaintext } from '../../../shared/vault/box.ts';

const key = randomOf(32);
const device = `d_${'0'.repeat(16)}`;
const user = `u_${'0'.repeat(16)}`;
const header = boxHeader({ epoch: 0, schema: 1 });
const who = { user, device, key, nowMs: 1_000 };
const ids = ['person'];

/** A chain as the main process writes it: five views, the last of them the asking itself. */
function aChain() {
  let { hash } = emptyAuditHead;
  return [1, 2, 3, 4, 5].map((seq) => {
    const entry = auditEntrySchema.parse({
      ...{ seq, deviceId: device, bootId: '0'.repeat(16), monotonicMs: 1, wallTime: seq, clockSuspect: false },
      ...{ userId: user, onBehalfOf: null, role: 'lead', action: 'view', objectType: 'resident', objectId: 'person' },
      ...{ compartments: ['core'], purpose: seq === 5 ? 'subject access, x' : null, result: 'done', breakGlass: false },
      ...{ policyHash: '0'.repeat(64), appVersion: '1', failedUnlocks: 0, prevHash: hash },
    });
    hash = toHex(auditHash(entry, sha256));
    const aad = boxAad({ header, table: 'audit', id: String(seq), compartment: 'audit', rev: seq, device });
    const content = padPlaintext(toUtf8(JSON.stringify({ entry, sig: '0'.repeat(128) })));
    const { nonce, sealed } = sealBytes(key, aad, content);
    return { seq, box: makeBox(header, nonce, sealed) };
  });
}
const whole = async (rows: ReturnType<typeof aChain>) => {
  const log = await extractAudit(rows, { ids }, who);
  return 'refused' in log ? log.refused : [log.isWhole, log.entries.length];
};

it('says whether a line was taken out, turned round, changed or cut from the beginning', async () => {
  const rows = aChain();
  expect(await whole(rows)).toEqual([true, 5]);
  expect(await whole(rows.filter(({ seq }) => seq !== 3))).toEqual([false, 4]);
  expect(await whole(rows.slice(1))).toEqual([false, 4]);
  const [one, two, three, ...rest] = rows;
  if (one === undefined || two === undefined || three === undefined) return expect.fail();
  expect(await whole([one, three, two, ...rest])).toEqual([false, 5]);
  const changed = Uint8Array.from(two.box);
  changed[30] = (changed[30] ?? 0) ^ 1;
  expect(await whole([one, { seq: 2, box: changed }, three, ...rest])).toEqual([false, 4]);
  // A line of another place in the chain does not pass for this one.
  expect(await whole([one, { seq: 2, box: three.box }, three, ...rest])).toEqual([false, 4]);
});
