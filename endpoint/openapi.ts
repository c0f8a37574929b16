import * as z from 'zod';
import { errorAnswerSchema, errorStatus, requestHeaders } from '../shared/sync/protocol.ts';
import type { Route } from './route.ts';

/** OpenAPI 3.1 of the routes, from the schemas that parse their requests and answers. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Onderdak central endpoint',
      version: '1',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      description:
        'Every JSON answer of a signed operation carries proto, nonce, now, epoch and sig: Ed25519 of the pinned ' +
        'server key over the canonical JSON (RFC 8785) of everything but sig.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        deviceSignature: {
          type: 'apiKey',
          in: 'header',
          name: requestHeaders.signature,
          description:
            'base64url Ed25519 of the device over the lines onderdak/v1/request, method, path with query, device, ' +
            'user, nonce and hexadecimal SHA-256 of the body, which travel in headers of their own.',
        },
      },
    },
  };
}

function operation({ path, summary, signed, request, answer, query }: Route): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const headers = signed ? Object.values(requestHeaders) : [];
  const inHeader = headers.map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } }));
  const errors = signed ? [...new Set(Object.values(errorStatus))].sort() : [];
  return {
    summary,
    security: signed ? [{ deviceSignature: [] }] : [],
    parameters: [...inPath, ...queryParameters(query), ...inHeader],
    ...(request === null ? {} : { requestBody: { required: true, content: contentOf(request, 'input') } }),
    responses: {
      200: { description: summary, content: contentOf(answer, 'output') },
      ...Object.fromEntries(
        errors.map((status) => [
          status,
          { description: codesOf(status).join(', '), content: contentOf(errorAnswerSchema, 'output') },
        ]),
      ),
    },
  };
}

const codesOf = (status: number) =>
  Object.entries(errorStatus).flatMap(([code, its]) => (its === status ? [code] : []));

const contentOf = (body: z.ZodType | string, io: 'input' | 'output') =>
  typeof body === 'string'
    ? { [body]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: z.toJSONSchema(body, { io }) } };

function queryParameters(query: z.ZodObject | undefined): object[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'output' });
  const withDefault = new Set(
    Object.entries(properties).flatMap(([name, schema]) => (hasDefault(schema) ? [name] : [])),
  );
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name) && !withDefault.has(name),
    schema,
  }));
}

const hasDefault = (schema: unknown) => typeof schema === 'object' && schema !== null && 'default' in schema;
