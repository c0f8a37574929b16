import { argon2id } from 'hash-wasm';

export type DerivationRequest = {
  readonly no: number;
  readonly passphrase: Uint8Array;
  readonly m: number;
  readonly t: number;
  readonly salt: Uint8Array;
};
export type DerivationReply = { readonly no: number; readonly key: Uint8Array | null };

/** The only place that may compile WebAssembly: its own response carries that permission, the page's does not. */
self.addEventListener('message', ({ data }: MessageEvent<DerivationRequest>) => {
  const { no, passphrase, m, t, salt } = data;
  const answer = (key: Uint8Array | null) => {
    passphrase.fill(0);
    self.postMessage({ no, key } satisfies DerivationReply);
  };
  argon2id({
    password: passphrase,
    salt,
    memorySize: m,
    iterations: t,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  }).then(answer, () => answer(null));
});
