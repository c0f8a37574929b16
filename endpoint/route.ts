import type * as z from 'zod';
import type { Answer } from './answers.ts';
import type { ChangeLog } from './change-log.ts';
import type { Database } from './database.ts';
import type { SignedRequest } from './request-guard.ts';
import type { ServerKey } from './server-key.ts';

export type Service = {
  readonly database: Database;
  readonly log: ChangeLog;
  readonly key: ServerKey;
  /** X25519, base64url: told at enrolment. */
  readonly boxKey: string;
  readonly epoch: string;
  readonly allowReducedProtection: boolean;
  readonly nowMs: () => number;
};
export type Asked = {
  readonly url: URL;
  readonly match: RegExpExecArray;
  readonly body: Uint8Array;
  /** Undefined when the headers of a signed request are not there. */
  readonly signed: SignedRequest | undefined;
  /** The latest format of columns that the laptop says it reads. */
  readonly columns: 1 | 2;
};
export type Route = {
  readonly method: 'GET' | 'POST';
  /** As in the OpenAPI description. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly summary: string;
  readonly maxBody: number;
  readonly signed: boolean;
  /** A schema for JSON, a media type for bytes. */
  readonly request: z.ZodType | string | null;
  readonly answer: z.ZodType | string;
  readonly query?: z.ZodObject;
  readonly handle: (service: Service, asked: Asked) => Promise<Answer>;
};
