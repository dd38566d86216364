// Google's client for Gemini with nothing but its base URL set.
import assert from 'node:assert/strict';
import { ApiError, GoogleGenAI } from '@google/genai';
import { CALLS, HELLO, PERSON, TIME, URL, WEATHER, fails, run, structured } from './claims.js';

const ai = new GoogleGenAI({ apiKey: 'a-caller', httpOptions: { baseUrl: URL, timeout: 20_000 } });
const declare = (name, properties) => ({ name, description: name, parametersJsonSchema: { type: 'object', properties } });
const tools = [
  {
    functionDeclarations: [
      declare('get_weather', WEATHER),
      declare('get_time', TIME),
    ],
  },
];
const ask = (model, contents = 'Hello', config = {}) => ai.models.generateContent({ model, contents, config });

const checkCalls = (calls) => assert.deepEqual(calls.map((c) => [c.name, c.args]), CALLS);

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
    const answer = await ask(structured(p), 'Who?', { responseMimeType: 'application/json', responseJsonSchema: PERSON });
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
  async models() {
    const names = [];
    for await (const model of await ai.models.list()) names.push(model.name);
    assert.ok(names.includes('models/persona/guide'), `${names}`);
  },
  async errors(p) {
    await fails(ask(`${p}/error-400`), ApiError, 400);
    await fails(ask('no-such-model'), ApiError, 404);
    await fails(ask(`${p}/error-429`), ApiError, 429);
    await fails(ask(`${p}/error-500`), ApiError, 500);
  },
  async 'error-in-a-stream'(p) {
    const reading = (async () => {
      for await (const _ of await ai.models.generateContentStream({ model: `${p}/error-after-200`, contents: 'Hello' }));
    })();
    await fails(reading, ApiError, { openai: 502, anthropic: 503 }[p] ?? 500);
  },
};

await run(['gemini', 'openai', 'anthropic', 'bedrock', 'ollama'], claims);
