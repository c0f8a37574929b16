import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { equalBytes, fromHex, toHex, toUtf8 } from '../shared/kernel/bytes.ts';
import { recordIdOf } from '../shared/kernel/ids.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import {
  caseboxReceiptSchema,
  decodeCasebox,
  partAad,
  readJson,
  type Casebox,
  type CaseboxReceipt,
} from '../shared/sync/casebox.ts';
import { decodePage, feedAfter, type Page } from '../shared/sync/page.ts';
import { signedText } from '../shared/sync/protocol.ts';
import { openFor } from '../shared/vault/sealed-box.ts';
import type { CaseboxPair, DeviceVault } from './device-vault.ts';
import { replaceFile } from './durable-file.ts';
import { fromBase64url } from './endpoint-answer.ts';
import { isSignedBy, sealTools, sha256, toBytes } from './node-crypto.ts';

type Refused = Extract<Response<'casebox:import'>, { refused: unknown }>['refused'];
/** Pages of compartments nobody here may open are left out; `isWhole` says that there are none. */
export type CaseboxAnswer = {
  readonly receipt: CaseboxReceipt;
  readonly pages: readonly (Page & { readonly raw: Uint8Array })[];
  readonly isWhole: boolean;
};
type Pinned = { readonly serverKey: string; readonly device: string };

const inflate = (bytes: Uint8Array, maxOutputLength: number): Uint8Array | null => {
  try {
    return toBytes(inflateRawSync(bytes, { maxOutputLength }));
  } catch {
    return null;
  }
};

/** An answer of the endpoint this device is pinned to, for this device; why not, otherwise. */
export function readAnswer(
  bytes: Uint8Array,
  { serverKey, device }: Pinned,
  pairs: readonly CaseboxPair[],
): Result<CaseboxAnswer, Refused> {
  const decoded = decodeCasebox(bytes, sha256);
  if (!decoded.ok) return err(decoded.error.type);
  const { head, parts } = decoded.value;
  if (head.endpoint !== serverKey) return err('other-municipality');
  if (head.device !== device) return err('other-laptop');
  if (head.way === 'up') return err('own-file');
  const opened = parts.map((_, at) => openPart(decoded.value, at, pairs));
  // Whoever holds the key and cannot open it has something that was changed; without the key it is a colleague's.
  const isChanged = opened.some((part, at) => part === undefined && pairs.some(({ seal }) => seal === head.seals[at]));
  if (isChanged) return err('damaged');
  const receipt = caseboxReceiptSchema.safeParse(readJson(opened[0] ?? new Uint8Array(0))).data;
  const key = fromBase64url(serverKey);
  if (receipt === undefined) return err('damaged');
  if (!isSignedBy(key, toUtf8(signedText(receipt)), fromBase64url(receipt.sig))) return err('not-signed');
  const pages: (Page & { readonly raw: Uint8Array })[] = [];
  for (const raw of opened.slice(1)) {
    if (raw === undefined) continue;
    const verify = (digest: Uint8Array, signature: Uint8Array) => isSignedBy(key, digest, signature);
    const page = decodePage(raw, { sha256, inflate, verify });
    if (!page.ok) return err(page.error.type === 'bad-signature' ? 'not-signed' : 'damaged');
    pages.push({ ...page.value, raw });
  }
  return ok({ receipt, pages, isWhole: opened.every((part) => part !== undefined) });
}

function openPart({ head, parts }: Casebox, at: number, pairs: readonly CaseboxPair[]) {
  const part = parts[at] ?? new Uint8Array(0);
  for (const pair of pairs) {
    if (pair.seal !== head.seals[at]) continue;
    const opened = openFor(pair, partAad(head, at), part, sealTools);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

/** What follows on `pos` with the hash `h`, also out of the middle of a page; undefined when nothing does. */
export function pageAfter(
  answers: readonly CaseboxAnswer[],
  { site, c, pos, h }: Request<'casebox:pull'>,
): Response<'casebox:pull'> | undefined {
  const pages = answers.flatMap((answer) => answer.pages).filter((page) => page.site === site && page.c === c);
  for (const page of pages) {
    const known = pos + 1 - page.from;
    if (known < 0 || page.to <= pos) continue;
    if (!equalBytes(feedAfter(page.before, page.entries.slice(0, known), sha256), h)) continue;
    return {
      from: pos + 1,
      to: page.to,
      h: toBytes(page.after),
      more: pages.some(({ to }) => to > page.to),
      entries: page.entries
        .slice(known)
        .map((entry) =>
          entry.kind === 'op'
            ? { kind: 'op', c, op: entry.op }
            : { kind: entry.kind, record: { kind: entry.t, id: recordIdOf(entry.id) } },
        ),
      raw: toBytes(page.raw),
    };
  }
  return undefined;
}

/**
 * Answers that were taken from a stick, as sealed as they came, until all of them is in the store: a kill in between
 * loses nothing, and one that follows on another waits here for it.
 */
export function openAnswers(userData: string, vault: DeviceVault, pinned: () => Pinned | undefined) {
  const folder = path.join(userData, 'casebox');
  const names = (): readonly string[] => {
    try {
      return readdirSync(folder)
        .filter((name) => /^answer-[0-9a-f]{16}\.casebox$/.test(name))
        .map((name) => ({ name, at: statSync(path.join(folder, name)).mtimeMs }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ name }) => name);
    } catch {
      return [];
    }
  };
  let opened: readonly { readonly name: string; readonly answer: CaseboxAnswer }[] | undefined;
  const load = () => {
    const from = pinned();
    const pairs = vault.transportPairs();
    if (from === undefined || pairs.length === 0) return [];
    opened ??= names().flatMap((name) => {
      const read = readAnswer(readFileSync(path.join(folder, name)), from, pairs);
      return read.ok ? [{ name, answer: read.value }] : [];
    });
    return opened;
  };
  return {
    count: (): number => names().length,
    answers: (): readonly CaseboxAnswer[] => load().map(({ answer }) => answer),
    keep: (bytes: Uint8Array): void => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      replaceFile(path.join(folder, `answer-${toHex(sha256(bytes)).slice(0, 16)}.casebox`), bytes);
      opened = undefined;
    },
    /** Those that hold nothing beyond these positions go. One with a part for a colleague waits for that colleague. */
    settle: (feeds: Request<'casebox:settle'>['feeds']): void => {
      const posOf = new Map(feeds.map(({ site, c, pos }) => [`${c}/${site}`, pos]));
      for (const { name, answer } of load()) {
        const isDone = answer.pages.every(({ site, c, to }) => to <= (posOf.get(`${c}/${site}`) ?? 0));
        if (isDone && answer.isWhole) rmSync(path.join(folder, name), { force: true });
      }
      opened = undefined;
    },
    forget: (): void => {
      opened = undefined;
    },
  };
}

/** As the page reads it, from all answers that are kept. */
export function tellAnswers(receipt: CaseboxReceipt, answers: readonly CaseboxAnswer[]) {
  const feeds = new Map(
    answers.flatMap(({ pages }) => pages.map(({ site, c }) => [`${c}/${site}`, { site, c }] as const)),
  );
  return {
    madeMs: receipt.now,
    status: receipt.device,
    held: receipt.frames.held,
    parked: receipt.frames.parked,
    quarantined: receipt.frames.quarantined,
    more: receipt.more,
    writers: answers.flatMap((answer) =>
      answer.receipt.writers.map(({ w, n, at, h, archived }) => ({ w: fromHex(w), n, at, h: fromHex(h), archived })),
    ),
    feeds: [...feeds.values()],
  };
}
