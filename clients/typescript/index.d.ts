import type { components } from './schema.js';

/** The types of the contract, by name: `Schemas['Answer']`. A newer server may send more members and words. */
export type Schemas = components['schemas'];
export type Answer = Schemas['Answer'];
export type Checks = Schemas['Checks'];

/** A question: product, release, and texts by the kind of component, such as `{ os: 'RHEL 9' }`. */
export interface Question {
  product?: string;
  release?: string;
  environment?: Record<string, string | string[]>;
  texts?: string[];
  require?: string;
  cores?: string | number;
  memory?: string;
  disk?: string;
  deployment?: string;
}

/** Parameters, of which those that repeat are lists; one that is undefined is left out. */
export type Query = Record<string, string | number | boolean | (string | number)[] | null | undefined>;

export interface Options {
  /** In place of the global fetch. */
  fetch?: typeof globalThis.fetch;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** How often a request is sent again that a busy server refuses; 2. */
  retries?: number;
  /** How many seconds one retry waits, as Retry-After says; 30. */
  maxWait?: number;
}

export interface RequestOptions { signal?: AbortSignal; query?: Query }

/** What a server says of a request that it cannot answer (RFC 9457): its hint says how to mend it. */
export class Problem extends Error {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  field?: string;
  hint: string;
  candidates: string[];
  request_id: string;
}

/** Asks a server. Each method rejects with a `Problem` where the server tells one. */
export interface Client {
  /** Any operation of the contract, by its path. */
  get<T = unknown>(path: string, query?: Query, options?: RequestOptions): Promise<T>;
  check(question: Question, options?: RequestOptions): Promise<Answer>;
  checkAll(questions: { items: Question[]; require?: string }, options?: RequestOptions): Promise<Checks>;
  ask(words: string, options?: RequestOptions): Promise<Schemas['Asked']>;
  find(query: Query, options?: RequestOptions): Promise<Schemas['Findings']>;
  compare(query: Query, options?: RequestOptions): Promise<Schemas['Comparison']>;
  detect(texts: string[], options?: RequestOptions): Promise<Schemas['Detected']>;
  release(product: string, release: string, options?: RequestOptions): Promise<Schemas['ReleaseMatrix']>;
  changes(query?: Query, options?: RequestOptions): Promise<Schemas['Changes']>;
}

/** Makes a client of the server at an address, such as `https://testedon.example.com`. */
export function testedon(server: string, options?: Options): Client;
