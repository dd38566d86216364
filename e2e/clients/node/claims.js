// What the scripts here share. A claim is a function of a provider's name; each prints a line:
// "ok <provider> <claim>" or "FAIL <provider> <claim>: why". What a claim returns stands at the end.
import assert from 'node:assert/strict';

export const URL = process.env.SERAI_URL;
export const HELLO = 'Hello, wörld 👋! 日本.';
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
export const WEATHER = { city: { type: 'string' }, days: { type: 'integer' } };
export const TIME = { zone: { type: 'string' } };
/** What the cassette of two calls calls, in order. */
export const CALLS = [
  ['get_weather', { city: 'Zürich', days: 2 }],
  ['get_time', { zone: 'CET' }],
];
export const PERSON = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};

/** Anthropic's models say by their names whether they know schemas; older ones are given a tool instead. */
export const structured = (p) =>
  ({
    anthropic: 'anthropic/claude-sonnet-4-5--structured',
    bedrock: 'bedrock/anthropic.claude-3-haiku-20240307-v1:0--structured',
  })[p] ?? `${p}/structured`;

/** The error, which must be of that type and, where one is given, have that status. */
export async function fails(promise, type, status) {
  try {
    await promise;
  } catch (e) {
    assert.ok(e instanceof type, `a ${type.name} and not ${e?.constructor?.name}: ${e?.message}`);
    if (status) assert.equal(e.status ?? e.status_code ?? e.statusCode, status);
    return e;
  }
  assert.fail(`no ${type.name}`);
}

/** Every claim for every provider, the providers side by side. */
export async function run(providers, claims) {
  await Promise.all(providers.map((provider) => runAll(provider, claims)));
}

async function runAll(provider, claims) {
  for (const [name, claim] of Object.entries(claims)) {
    try {
      const at = await claim(provider);
      console.log(`ok ${provider} ${name}${at ? ' ' + at : ''}`);
    } catch (e) {
      console.log(`FAIL ${provider} ${name}: ${String(e?.stack ?? e).replaceAll('\n', ' ')}`);
    }
  }
}
