// OpenAI's client speaking Responses to providers of four wire formats.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { HELLO, PERSON, URL, fails, run, structured } from './claims.js';

const baseURL = URL + '/v1';
const client = new OpenAI({ apiKey: 'a-caller', baseURL, maxRetries: 0, timeout: 10_000 });
const tool = (name, properties) => ({
  type: 'function',
  name,
  description: name,
  strict: true,
  parameters: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
});
const tools = [
  tool('get_weather', { city: { type: 'string' }, days: { type: 'integer' } }),
  tool('get_time', { zone: { type: 'string' } }),
];
const text = { format: { type: 'json_schema', name: 'person', strict: true, schema: PERSON } };
const ask = (model, more = {}) => client.responses.create({ model, input: 'Hello', ...more });

const claims = {
  async answer(p) {
    const answer = await ask(`${p}/text`, { instructions: 'Be kind.', max_output_tokens: 100 });
    assert.equal(answer.object, 'response');
    assert.equal(answer.status, 'completed');
    assert.equal(answer.output_text, HELLO);
    assert.equal(answer.usage.input_tokens, 11);
    assert.equal(answer.usage.output_tokens, 7);
    assert.equal(answer.usage.total_tokens, 18);
    if (p !== 'ollama') assert.equal(answer.usage.input_tokens_details.cached_tokens, 3);
  },
  async stream(p) {
    const types = [];
    let said = '';
    let last;
    for await (const event of await ask(`${p}/text`, { stream: true })) {
      assert.equal(event.sequence_number, types.length);
      types.push(event.type);
      if (event.type === 'response.output_text.delta') said += event.delta;
      last = event;
    }
    assert.equal(said, HELLO);
    assert.deepEqual(types.slice(0, 4), [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
    ]);
    assert.deepEqual(types.slice(-4), [
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    assert.equal(last.response.usage.total_tokens, 18);
    assert.equal(last.response.output[0].content[0].text, HELLO);
  },
  async 'stream-with-silences'(p) {
    const final = await client.responses.stream({ model: `${p}/paced-3x250`, input: 'Hello' }).finalResponse();
    assert.equal(final.output_text, '0 1 2 ');
  },
  async 'stream-helper'(p) {
    const final = await client.responses.stream({ model: `${p}/text`, input: 'Hello' }).finalResponse();
    assert.equal(final.output_text, HELLO);
  },
  async length(p) {
    const answer = await ask(`${p}/length`);
    assert.equal(answer.status, 'incomplete');
    assert.equal(answer.incomplete_details.reason, 'max_output_tokens');
  },
  async refusal(p) {
    if (['ollama', 'bedrock', 'gemini'].includes(p)) return; // their grammars have no refusal
    const { output } = await ask(`${p}/refusal`);
    assert.equal(output.at(-1).content.at(-1).type, 'refusal');
  },
  async tools(p) {
    const input = [{ role: 'user', content: 'Weather?' }];
    const answer = await ask(`${p}/tools`, { input, tools, store: false });
    const call = answer.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, 'get_weather');
    assert.notEqual(call.id, call.call_id);
    assert.deepEqual(JSON.parse(call.arguments), { city: 'Zürich', days: 2 });
    const result = { type: 'function_call_output', call_id: call.call_id, output: '{"sky":"blue"}' };
    const next = await ask(`${p}/text`, { input: [...input, ...answer.output, result], tools, store: false });
    assert.equal(next.output_text, HELLO);
  },
  async 'tools-streamed'(p) {
    const helper = client.responses.stream({ model: `${p}/tools-parallel`, input: 'Hello', tools });
    const final = await helper.finalResponse();
    const calls = final.output.filter((item) => item.type === 'function_call');
    assert.deepEqual(calls.map((c) => [c.name, JSON.parse(c.arguments)]), [
      ['get_weather', { city: 'Zürich', days: 2 }],
      ['get_time', { zone: 'CET' }],
    ]);
    assert.equal(final.output_text, 'Looking.');
  },
  async structured(p) {
    const model = structured(p);
    const answer = await client.responses.parse({ model, input: 'Who?', text });
    assert.deepEqual(answer.output_parsed, { name: 'Ada', age: 36 });
  },
  async 'goes-on'(p) {
    const first = await ask(`${p}/tools`, { input: 'Weather?', tools });
    const call = first.output.find((item) => item.type === 'function_call');
    const input = [{ type: 'function_call_output', call_id: call.call_id, output: 'blue' }];
    const second = await ask(`${p}/text`, { previous_response_id: first.id, input, tools });
    assert.equal(second.output_text, HELLO);
    const third = await ask(`${p}/text`, { previous_response_id: second.id, input: 'And?', stream: true });
    let id;
    for await (const event of third) id = event.response?.id ?? id;
    assert.equal((await client.responses.retrieve(id)).output_text, HELLO);
    const items = [];
    for await (const item of client.responses.inputItems.list(id, { order: 'asc', limit: 2 })) items.push(item);
    assert.deepEqual(
      items.map((item) => item.type),
      ['message', 'function_call', 'function_call_output', 'message', 'message'],
    );
    await client.responses.delete(id);
    await fails(client.responses.retrieve(id), OpenAI.NotFoundError, 404);
    await fails(ask(`${p}/text`, { previous_response_id: id }), OpenAI.BadRequestError, 400);
  },
  async 'not-stored'(p) {
    const answer = await ask(`${p}/text`, { store: false });
    await fails(client.responses.retrieve(answer.id), OpenAI.NotFoundError, 404);
  },
  async cancel(p) {
    const answer = await ask(`${p}/text`);
    await fails(client.responses.cancel(answer.id), OpenAI.BadRequestError, 400);
  },
  async background(p) {
    const e = await fails(ask(`${p}/text`, { background: true }), OpenAI.BadRequestError, 400);
    assert.equal(e.param, 'background');
  },
  async 'error-429'(p) {
    const e = await fails(ask(`${p}/error-429`), OpenAI.RateLimitError, 429);
    assert.equal(e.headers.get('retry-after'), '2');
  },
  async 'error-after-200'(p) {
    let last;
    let said = '';
    for await (const event of await ask(`${p}/error-after-200`, { stream: true })) {
      if (event.type === 'response.output_text.delta') said += event.delta;
      last = event;
    }
    assert.equal(said, 'Hello, wörld');
    assert.equal(last.type, 'response.failed');
    assert.equal(last.response.error.code, 'server_error');
  },
};

await run(['openai', 'deepseek', 'anthropic', 'gemini', 'bedrock', 'ollama'], claims);
