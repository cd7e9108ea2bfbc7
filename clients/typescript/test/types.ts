import { Problem, testedon, type Answer } from '../index.js';

const client = testedon('http://localhost:8080', { retries: 1 });

export async function passes(): Promise<string> {
  try {
    const answer: Answer = await client.check({ product: 'mi', release: '4.4.0', environment: { os: 'RHEL 9' } });
    const verdicts: string[] = answer.components.map((component) => component.verdict);
    const found = await client.find({ os: ['RHEL 9'], limit: 3 });
    const release = await client.release('mi', '4.4.0');
    return [answer.verdict, ...verdicts, found.summary, release.version, (await client.ask('RHEL 9 mi')).summary].join();
  } catch (error) {
    return error instanceof Problem ? `${error.code}: ${error.hint}` : 'not asked';
  }
}

// @ts-expect-error a question has no such member
void client.check({ prodcut: 'mi' });
