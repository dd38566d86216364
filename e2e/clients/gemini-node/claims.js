// Google's client for Gemini, unmodified, with nothing but its base URL set. Prints one line for each claim.
import assert from 'node:assert/strict';
import { ApiError, GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'a-caller', httpOptions: { baseUrl: process.env.SERAI_URL, timeout: 20_000 } });
const HELLO = 'Hello, wörld 👋! 日本.';
const schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } }, required: ['name', 'age'] };
const declare = (name, properties) => ({ name, description: name, parametersJsonSchema: { type: 'object', properties } });
const tools = [
  {
    functionDeclarations: [
      declare('get_weather', { city: { type: 'string' }, days: { type: 'integer' } }),
      declare('get_time', { zone: { type: 'string' } }),
    ],
  },
];
const structured = (p) => (p === 'anthropic' ? 'anthropic/claude-sonnet-4-5--structured' : `${p}/structured`);
const ask = (model, contents = 'Hello', config = {}) => ai.models.generateContent({ model, contents, config });

function checkCalls(calls) {
  assert.deepEqual(calls.map((c) => [c.name, c.args]), [
    ['get_weather', { city: 'Zürich', days: 2 }],
    ['get_time', { zone: 'CET' }],
  ]);
}

async function fails(promise, status) {
  try {
    await promise;
  } catch (e) {
    assert.ok(e instanceof ApiError, `${e}`);
    assert.equal(e.status, status);
    return;
  }
  assert.fail('no error');
}

const claims = {
  async generate(p) {
    const answer = await ask(`${p}/text`, 'Hello', { temperature: 0.2, maxOutputTokens: 100 });
    assert.equal(answer.text, HELLO);
    assert.equal(answer.candidates[0].finishReason, 'STOP');
    assert.equal(answer.usageMetadata.totalTokenCount, 18);
  },
  async stream(p) {
    let text = '';
    let last;
    for await (const chunk of await ai.models.generateContentStream({ model: `${p}/text`, contents: 'Hello' })) {
      text += chunk.text ?? '';
      last = chunk;
    }
    assert.equal(text, HELLO);
    assert.equal(last.candidates[0].finishReason, 'STOP');
    assert.equal(last.usageMetadata.promptTokenCount, 11);
  },
  async tools(p) {
    const answer = await ask(`${p}/tools-parallel`, 'Hello', { tools });
    checkCalls(answer.functionCalls);
    const contents = [
      { role: 'user', parts: [{ text: 'Weather?' }] },
      answer.candidates[0].content,
      { role: 'user', parts: answer.functionCalls.map((c) => ({ functionResponse: { name: c.name, response: { output: 'x' } } })) },
    ];
    assert.equal((await ask(`${p}/text`, contents, { tools })).text, HELLO);
  },
  async structured(p) {
    const answer = await ask(structured(p), 'Who?', { responseMimeType: 'application/json', responseJsonSchema: schema });
    assert.deepEqual(JSON.parse(answer.text), { name: 'Ada', age: 36 });
  },
  async chat(p) {
    const chat = ai.chats.create({ model: `${p}/text` });
    for await (const _ of await chat.sendMessageStream({ message: 'Hello' }));
    assert.equal((await chat.sendMessage({ message: 'And?' })).text, HELLO);
    assert.ok(chat.getHistory(true).length >= 4);
  },
  async count(p) {
    assert.ok((await ai.models.countTokens({ model: `${p}/text`, contents: 'Hello you' })).totalTokens >= 1);
  },
  async errors(p) {
    await fails(ask(`${p}/error-400`), 400);
    await fails(ask('no-such-model'), 404);
    await fails(ask(`${p}/error-429`), 429);
    await fails(ask(`${p}/error-500`), 500);
  },
  async 'error-in-a-stream'(p) {
    const reading = (async () => {
      for await (const _ of await ai.models.generateContentStream({ model: `${p}/error-after-200`, contents: 'Hello' }));
    })();
    await fails(reading, { openai: 502, anthropic: 529 }[p] ?? 500);
  },
};

for (const provider of ['gemini', 'openai', 'anthropic', 'ollama']) {
  for (const [name, claim] of Object.entries(claims)) {
    try {
      await claim(provider);
      console.log(`ok ${provider} ${name}`);
    } catch (e) {
      console.log(`FAIL ${provider} ${name}: ${String(e?.message ?? e).replaceAll('\n', ' ')}`);
    }
  }
}
