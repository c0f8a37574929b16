import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { compartments, type Compartment } from '../shared/records/record.ts';
import { enrolRequestSchema, type EnrolRequest } from '../shared/sync/protocol.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Database, type Transaction } from './database.ts';
import { sha256 } from './server-key.ts';

export const roles = ['caseworker', 'interviewer', 'finance', 'coordinator', 'lead'] as const;
export type Role = (typeof roles)[number];
/** Security.md §5.1; the lead of a site does all work of the first version. */
export const compartmentsOfRole: Readonly<Record<Role, readonly Compartment[]>> = {
  caseworker: ['core', 'finance'],
  interviewer: ['core', 'health'],
  finance: ['core', 'bsn', 'finance'],
  coordinator: ['core'],
  lead: compartments,
};

export type InvitationOptions = {
  /** Record ids of sites, or '*' for all of the municipality. */
  readonly sites?: readonly string[] | '*';
  readonly role?: Role;
  readonly compartments?: readonly Compartment[];
  readonly municipality?: string;
  /** 15 minutes unless given. */
  readonly validMs?: number;
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 128 random bits as groups of four letters and digits; only its hash is kept. */
export async function makeInvitation(database: Database, options: InvitationOptions): Promise<string> {
  const { sites = '*', role = 'lead', municipality = defaultMunicipality, validMs = 15 * 60_000 } = options;
  const code = base32(randomBytes(16));
  await database.within({ task: 'invite', municipality }, (tx) =>
    tx.query(
      `INSERT INTO invitation (code_hash, sites, role, compartments, expires_at)
       VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')`,
      [hashOf(code), sites === '*' ? ['*'] : sites, role, options.compartments ?? compartmentsOfRole[role], validMs],
    ),
  );
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

export const defaultMunicipality = '0000';

function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const length = Math.ceil((bytes.length * 8) / 5);
  bits <<= BigInt(length * 5 - bytes.length * 8);
  return Array.from({ length }, (_, at) => alphabet[Number((bits >> BigInt((length - 1 - at) * 5)) & 31n)]).join('');
}

/** As typed by a person: any case, any separators, the digits 0 and 1 for the letters they look like. */
function hashOf(code: string): Uint8Array {
  const plain = code
    .toUpperCase()
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll(/[^A-Z2-7]/g, '');
  return sha256(Buffer.from(plain));
}

export type Grant = {
  readonly user: string;
  readonly role: string;
  readonly compartments: readonly Compartment[];
  readonly sites: readonly string[];
};
export type Device = {
  readonly id: string;
  readonly municipality: string;
  readonly publicKey: Uint8Array;
  readonly status: 'active' | 'deposit_only' | 'revoked' | 'wipe';
  /** `put-back`: it counted fewer commits than before. */
  readonly reason: 'returned' | 'stolen' | 'put-back' | null;
};

/** A device with the grants of its users; undefined when nobody enrolled it. */
export async function findDevice(
  tx: Transaction,
  id: string,
): Promise<{ readonly device: Device; readonly grants: readonly Grant[] } | undefined> {
  const { rows } = await tx.query<Omit<Device, 'publicKey'> & { public_key: Buffer }>(
    'SELECT id, municipality, public_key, status, reason FROM device WHERE id = $1',
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const grants = await tx.query<Grant>(
    'SELECT id AS "user", role, compartments, sites FROM app_user WHERE device = $1',
    [id],
  );
  const { public_key: publicKey, ...device } = row;
  return { device: { ...device, publicKey }, grants: grants.rows };
}

/** What the journal keeps of an enrolment: without it the frames of the device could not be read again. */
const enrolmentSchema = z.strictObject({
  municipality: z.string(),
  codeHash: z.string(),
  request: enrolRequestSchema.omit({ code: true }),
  grant: z.strictObject({
    user: z.string(),
    role: z.string(),
    compartments: z.array(z.enum(compartments)),
    sites: z.array(z.string()),
  }),
});
type Enrolment = z.infer<typeof enrolmentSchema>;

/**
 * Uses the code and registers device and user in one transaction. A second user of a known device brings a code of
 * their own; the key of a device never changes. `CODE_REFUSED` does not say why.
 */
export function enrol(log: ChangeLog, user: string, { code, ...request }: EnrolRequest): Promise<Grant> {
  const codeHash = Buffer.from(hashOf(code)).toString('hex');
  return log.record({ task: 'enrol', device: request.device, code: codeHash }, async (tx) => {
    const used = await tx.query<Omit<Grant, 'user'> & { municipality: string }>(
      `UPDATE invitation SET used_at = now(), used_by = $1 WHERE used_at IS NULL AND expires_at > now()
       RETURNING municipality, sites, role, compartments`,
      [request.device],
    );
    const [row] = used.rows;
    if (row === undefined) throw new Refusal({ err: 'CODE_REFUSED' });
    const { municipality, ...granted } = row;
    const grant = { user, ...granted };
    const enrolment: Enrolment = enrolmentSchema.parse({ municipality, codeHash, request, grant });
    await register(tx, enrolment);
    return { result: grant, journal: { kind: 2, bytes: Buffer.from(JSON.stringify(enrolment)) } };
  });
}

/** An enrolment of the journal, into a database that has forgotten it. */
export async function replayEnrolment(log: ChangeLog, bytes: Uint8Array): Promise<void> {
  const enrolment = enrolmentSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const { codeHash: code, request } = enrolment;
  await log.record({ task: 'enrol', device: request.device, code }, async (tx) => {
    await tx.query('UPDATE invitation SET used_at = now(), used_by = $1 WHERE used_at IS NULL', [request.device]);
    await register(tx, enrolment);
    return { result: undefined, journal: { kind: 2, bytes } };
  });
}

async function register(tx: Transaction, { municipality, request, grant }: Enrolment): Promise<void> {
  await tx.query(`SELECT set_config('onderdak.municipality', $1, true)`, [municipality]);
  const publicKey = Buffer.from(request.devicePublicKey, 'base64url');
  const known = (await findDevice(tx, request.device))?.device;
  if (known === undefined) {
    await tx.query('INSERT INTO device (id, public_key, protection, disk_encryption) VALUES ($1, $2, $3, $4)', [
      request.device,
      publicKey,
      request.protection,
      request.diskEncryption,
    ]);
  } else if (known.municipality !== municipality || !publicKey.equals(known.publicKey)) {
    throw new Refusal({ err: 'CODE_REFUSED' });
  } else if (known.reason === 'put-back') {
    // Somebody who may give a code has seen it.
    await tx.query(`UPDATE device SET status = 'active', reason = NULL, status_at = now() WHERE id = $1`, [known.id]);
  }
  // A user keeps the rights of the first code; another role is for an administrator to give.
  await tx.query(
    `INSERT INTO app_user (device, id, label, role, compartments, sites) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [request.device, grant.user, request.label, grant.role, grant.compartments, grant.sites],
  );
}
