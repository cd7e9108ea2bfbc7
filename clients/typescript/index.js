/** What a server says of a request that it cannot answer (RFC 9457). */
export class Problem extends Error {
  constructor(told) {
    super([told.detail, told.hint].filter(Boolean).join(' '));
    Object.assign(this, told);
    this.name = 'Problem';
  }
}

/** Makes a client of the server at an address; index.d.ts says what it takes. */
export function testedon(server, { fetch = globalThis.fetch, headers = {}, retries = 2, maxWait = 30 } = {}) {
  const base = new URL(server);
  if (!/^https?:$/.test(base.protocol) || base.search || base.hash) throw new TypeError(`${server} is no address of a server`);
  const root = base.href.replace(/\/+$/, '');

  async function send(path, { query = {}, body, signal } = {}) {
    const target = new URL(root + path);
    for (const [name, value] of Object.entries(query)) {
      for (const one of [value].flat()) if (one !== undefined && one !== null) target.searchParams.append(name, one);
    }
    const json = { 'Content-Type': 'application/json' };
    for (let tried = 0; ; tried++) {
      const response = await fetch(target, {
        method: body === undefined ? 'GET' : 'POST', signal,
        headers: { Accept: 'application/json', ...(body === undefined ? {} : json), ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const told = await response.json().catch(() => undefined);
      if (response.ok && told && typeof told === 'object') return told;
      if (response.ok || !told?.code) throw new Error(`${root} answered ${response.status} and no word of what is wrong`);
      const seconds = /^\d+$/.test(response.headers.get('Retry-After') ?? '') ? Number(response.headers.get('Retry-After')) : Infinity;
      if (![429, 503].includes(response.status) || tried >= retries || seconds > maxWait) throw new Problem(told);
      await wait(seconds, signal);
    }
  }

  const at = (parts, ...names) => parts.reduce((path, part, i) => path + part + (i < names.length ? escaped(names[i]) : ''), '');
  return {
    get: (path, query, options) => send(path, { ...options, query }),
    check: (question, options) => send('/v1/check', { ...options, body: question }),
    checkAll: (questions, options) => send('/v1/checks', { ...options, body: questions }),
    ask: (q, options) => send('/v1/ask', { ...options, query: { q } }),
    find: (query, options) => send('/v1/find', { ...options, query }),
    compare: (query, options) => send('/v1/compare', { ...options, query }),
    detect: (texts, options) => send('/v1/detect', { ...options, body: { texts } }),
    release: (product, release, options) => send(at`/v1/products/${product}/releases/${release}`, options),
    changes: (query, options) => send('/v1/changes', { ...options, query }),
  };
}

/** A name as a part of a path, which it never leads out of. */
const escaped = (name) => (/^\.*$/.test(name) ? `${name.replaceAll('.', '%2E')}%20` : encodeURIComponent(name));

const wait = (seconds, signal) => new Promise((resolve, reject) => {
  const stop = () => { clearTimeout(timer); reject(signal.reason); };
  const timer = setTimeout(() => { signal?.removeEventListener('abort', stop); resolve(); }, seconds * 1000);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
});
