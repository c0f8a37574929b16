import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** Just enough of X.509 (RFC 5280) in DER to make an authority and certificates of it, with P-256 keys. */
type Part = Uint8Array;
const tag = (code: number, ...parts: readonly Part[]): Part => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([code, ...head]), content]);
};
const sequence = (...parts: readonly Part[]) => tag(0x30, ...parts);
const bytes = (...all: readonly number[]) => Buffer.from(all);
const objectId = (hex: string) => tag(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const nameOf = (text: string) =>
  sequence(tag(0x31, sequence(objectId('550403'), tag(0x0c, Buffer.from(text, 'utf8')))));
const timeOf = (date: Date) =>
  tag(
    0x18,
    Buffer.from(
      date
        .toISOString()
        .replaceAll(/[-:T]|\.\d+/g, '')
        .slice(0, 14) + 'Z',
    ),
  );
const extension = (id: string, isCritical: boolean, value: Part) =>
  sequence(objectId(id), ...(isCritical ? [tag(0x01, bytes(0xff))] : []), tag(0x04, value));

export type Identity = { readonly name: string; readonly cert: string; readonly key: KeyObject };
type Wanted = {
  readonly name: string;
  /** Without it the certificate signs itself and may sign others. */
  readonly issuer?: Identity;
  /** For 127.0.0.1; another address for a certificate of somebody else. */
  readonly address?: readonly number[];
  readonly until?: Date;
};

const dayMs = 86_400_000;

export function makeCertificate({ name, issuer, address = [127, 0, 0, 1], until }: Wanted): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const last = until ?? new Date(Date.now() + dayMs);
  const isAuthority = issuer === undefined;
  const extensions = isAuthority
    ? extension('551d13', true, sequence(tag(0x01, bytes(0xff))))
    : extension('551d11', false, sequence(tag(0x87, bytes(...address))));
  const content = sequence(
    tag(0xa0, tag(0x02, bytes(2))),
    tag(0x02, Buffer.concat([bytes(1), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(timeOf(new Date(last.getTime() - 2 * dayMs)), timeOf(last)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(0xa3, sequence(extensions)),
  );
  const signature = sign('sha256', content, issuer?.key ?? privateKey);
  const der = Buffer.from(sequence(content, ecdsaWithSha256, tag(0x03, bytes(0), signature)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    name,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey,
  };
}

/** As files and servers take it. */
export const tlsOf = ({ cert, key }: Identity) => ({
  cert: Buffer.from(cert),
  key: Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })),
});
