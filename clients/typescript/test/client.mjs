// Asks a running server, whose address is the first argument.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { Problem, testedon } from '../index.js';

const client = testedon(process.env.TESTEDON_SERVER);
const question = { product: 'mi', release: '4.4.0', environment: { os: 'RHEL 9', jdk: ['Corretto 21'] } };

test('questions are answered', async () => {
  const answer = await client.check(question);
  assert.equal(answer.verdict, 'tested');
  assert.equal(answer.pass, true);
  const many = await client.checkAll({ items: [question, { ...question, release: '9.9' }] });
  assert.deepEqual(many.items.map((item) => item.status), [200, 404]);
  const chosen = await client.checkAll({ items: [question] }, { query: { fields: 'verdict,pass' } });
  assert.deepEqual(chosen.items[0].fields, { verdict: 'tested', pass: true });
  assert.equal((await client.ask('is RHEL 9 tested for mi 4.4.0')).type, 'check');
  assert.equal((await client.find({ os: 'RHEL 9', product: 'mi', limit: 2 })).items.length, 2);
  assert.equal((await client.compare({ product: 'mi', from: '4.3.0', to: '4.4.0' })).to, '4.4.0');
  assert.ok((await client.detect(['ID="rhel"\nVERSION_ID="9.4"'])).environment.os);
  assert.equal((await client.release('mi', '4.4.0')).version, '4.4.0');
  assert.equal((await client.changes({ limit: 1 })).items.length, 1);
  assert.ok((await client.get('/v1')).operations.length > 40);
});

test('problems say how to mend a question', async () => {
  await assert.rejects(client.check({ ...question, product: 'mj' }), (error) => error instanceof Problem && error.code === 'unknown_product' && error.status === 404 && error.candidates.includes('mi'));
  for (const name of ['', '.', '..', '../kinds', 'a/b', '?', '#']) {
    await assert.rejects(client.release(name, '4.4.0'), (error) => error instanceof Problem && (error.code === 'unknown_product' || error.field === 'product'), name);
  }
});

test('a busy server is asked again as it says, within bounds', async () => {
  let asked = 0;
  const after = ['0', '0', '31'];
  const server = createServer((_, response) => {
    response.writeHead(503, { 'Retry-After': after[asked++] });
    response.end('{"code":"busy","status":503,"detail":"Too much.","hint":"Wait."}');
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  await assert.rejects(testedon(`http://127.0.0.1:${server.address().port}`, { retries: 5 }).check(question), { code: 'busy' });
  assert.equal(asked, 3);
  server.closeAllConnections();
  server.close();
});

test('what no server of ours answers is an error, and an address has to be one', async () => {
  for (const body of ['', 'null', '<html>', '1']) {
    const fetch = async () => new Response(body);
    await assert.rejects(testedon('http://a.example', { fetch }).check(question), /no word of what is wrong/);
  }
  for (const address of ['', 'localhost:8080', 'ftp://a.example', 'http://a.example?x']) assert.throws(() => testedon(address));
});
