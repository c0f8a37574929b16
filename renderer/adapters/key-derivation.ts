import { invariant } from '../../shared/kernel/assert.ts';
import { toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import type { KeyDerivation } from '../../shared/ports.ts';
import workerUrl from './key-derivation.worker.ts?worker&url';
import type { DerivationReply, DerivationRequest } from './key-derivation.worker.ts';

type TrustedTypes = {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string };
};

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The page's security policy asks for a trusted address; this policy gives it to the one file it is for. */
function trusted(address: string): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  policy ??= trustedTypes.createPolicy('onderdak-worker', {
    createScriptURL: (text) => {
      invariant(text === workerUrl, 'another worker than the one that derives keys');
      return text;
    },
  });
  return policy.createScriptURL(address);
}

/**
 * The passphrase goes to the worker as bytes that are zeroed there and here. The worker is ended after each use: its
 * memory held what the key was made of.
 */
export function makeKeyDerivation(makeWorker: () => Worker = startWorker): KeyDerivation {
  let last = 0;
  return {
    derive: (passphrase, kdf) =>
      new Promise<Bytes>((resolve, reject) => {
        const worker = makeWorker();
        last += 1;
        const bytes = toUtf8(passphrase.normalize('NFC').toWellFormed());
        const request: DerivationRequest = { no: last, passphrase: bytes, m: kdf.m, t: kdf.t, salt: kdf.salt };
        worker.addEventListener('message', ({ data }: MessageEvent<DerivationReply>) => {
          worker.terminate();
          if (data.key === null) reject(new Error('Key derivation failed'));
          else resolve(Uint8Array.from(data.key));
        });
        worker.addEventListener('error', () => {
          worker.terminate();
          reject(new Error('Key derivation did not start'));
        });
        worker.postMessage(request);
        bytes.fill(0);
      }),
  };
}

const startWorker = (): Worker => new Worker(trusted(workerUrl) as string, { type: 'module' });
