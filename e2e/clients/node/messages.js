// Anthropic's client with nothing but its base URL set. A claim that aborts gives when it did.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { HELLO, PNG, URL, fails, run } from './claims.js';

const client = new Anthropic({ apiKey: 'a-caller', baseURL: URL, maxRetries: 0, timeout: 10_000 });
const user = (content) => [{ role: 'user', content }];
const tool = (name, properties) => ({
  name,
  description: name,
  input_schema: { type: 'object', properties, required: Object.keys(properties) },
});
const tools = [
  tool('get_weather', { city: { type: 'string' }, days: { type: 'integer' } }),
  tool('get_time', { zone: { type: 'string' } }),
];

const ask = (model, more = {}) =>
  client.messages.create({ model, max_tokens: 1024, messages: user('Hello'), ...more });
const text = (message) => message.content.filter((b) => b.type === 'text').map((b) => b.text).join('');

function checkCalls(content) {
  const calls = content.filter((b) => b.type === 'tool_use');
  assert.deepEqual(calls.map((c) => [c.name, c.input]), [
    ['get_weather', { city: 'Zürich', days: 2 }],
    ['get_time', { zone: 'CET' }],
  ]);
  assert.notEqual(calls[0].id, calls[1].id);
}

function checkUsage(p, usage) {
  assert.equal(usage.input_tokens + usage.cache_read_input_tokens, 11);
  assert.equal(usage.cache_read_input_tokens, p === 'ollama' ? 0 : 3);
  assert.equal(usage.output_tokens, 7);
}

const claims = {
  async create(p) {
    const message = await ask(`${p}/text`, { temperature: 0.2, stop_sequences: ['END'], system: 'Be brief.' });
    assert.equal(message.type, 'message');
    assert.equal(text(message), HELLO);
    assert.equal(message.stop_reason, 'end_turn');
    checkUsage(p, message.usage);
    assert.ok(message._request_id);
  },
  async stream(p) {
    const types = [];
    const stream = client.messages.stream({ model: `${p}/text`, max_tokens: 9, messages: user('Hello') });
    let said = '';
    stream.on('text', (delta) => (said += delta));
    for await (const event of stream) types.push(event.type);
    const message = await stream.finalMessage();
    assert.equal(said, HELLO);
    assert.equal(text(message), HELLO);
    assert.equal(message.stop_reason, 'end_turn');
    checkUsage(p, message.usage);
    assert.equal(types[0], 'message_start');
    assert.equal(types.at(-1), 'message_stop');
    assert.ok(types.length >= 11, `${types.length} events`);
  },
  async 'stream-with-silences'(p) {
    const stream = client.messages.stream({ model: `${p}/paced-3x250`, max_tokens: 9, messages: user('Hello') });
    assert.equal(text(await stream.finalMessage()), '0 1 2 ');
  },
  async 'stream-of-beta'(p) {
    const stream = client.beta.messages.stream({ model: `${p}/text`, max_tokens: 9, messages: user('Hello'), betas: ['x-2025-01-01'] });
    assert.equal(text(await stream.finalMessage()), HELLO);
  },
  async length(p) {
    assert.equal((await ask(`${p}/length`)).stop_reason, 'max_tokens');
  },
  async refusal(p) {
    if (['ollama', 'bedrock', 'gemini'].includes(p)) return; // their grammars have no refusal
    const message = await ask(`${p}/refusal`);
    assert.equal(message.stop_reason, 'refusal');
    assert.equal(text(message), 'I will not.');
  },
  async tools(p) {
    const message = await ask(`${p}/tools`, { tools, tool_choice: { type: 'auto' } });
    const [call] = message.content;
    assert.equal(call.name, 'get_weather');
    assert.deepEqual(call.input, { city: 'Zürich', days: 2 });
    assert.equal(message.stop_reason, 'tool_use');
    const next = await ask(`${p}/text`, {
      tools,
      messages: [
        ...user('Weather?'),
        { role: 'assistant', content: message.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '{"sky":"blue"}' }] },
      ],
    });
    assert.equal(text(next), HELLO);
  },
  async 'tools-parallel'(p) {
    const message = await ask(`${p}/tools-parallel`, { tools });
    assert.equal(text(message), 'Looking.');
    checkCalls(message.content);
  },
  async 'tools-streamed'(p) {
    const stream = client.messages.stream({ model: `${p}/tools-parallel`, max_tokens: 9, messages: user('Hello'), tools });
    const message = await stream.finalMessage();
    assert.equal(text(message), 'Looking.');
    checkCalls(message.content);
    assert.equal(message.stop_reason, 'tool_use');
  },
  async 'thinking-round-trip'(p) {
    const messages = user('Think!');
    for (const streamed of [false, true]) {
      const body = { model: `${p}/thinking`, max_tokens: 2048, messages, tools };
      const message = streamed ? await client.messages.stream(body).finalMessage() : await client.messages.create(body);
      const [thought, said] = message.content;
      assert.equal(thought.type, 'thinking');
      assert.equal(thought.thinking, 'Let me think.');
      assert.ok(thought.signature.length > 0);
      assert.equal(said.text, 'Thought.');
      const again = { model: `${p}/thinking`, max_tokens: 2048 };
      const content = message.content;
      await client.messages.create({ ...again, messages: [...messages, { role: 'assistant', content }, ...user('Again!')] });
      // What another thought is none of this one's business, and no reason to fail.
      for (const other of ['openai', 'anthropic', 'gemini', 'ollama']) {
        if (other === 'anthropic' && p === 'anthropic') continue;
        const foreign = { ...again, model: `${other}/text` };
        const answer = await client.messages.create({ ...foreign, messages: [...messages, { role: 'assistant', content }, ...user('Again!')] });
        assert.equal(text(answer), HELLO);
      }
    }
  },
  async image(p) {
    const content = [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
      { type: 'text', text: 'What is this?' },
    ];
    assert.equal(text(await ask(`${p}/image`, { messages: user(content) })), 'A red square.');
  },
  async 'count-tokens'(p) {
    const count = await client.messages.countTokens({ model: `${p}/text`, messages: user('Hello'), tools });
    if (p === 'anthropic') {
      assert.equal(count.input_tokens, 11);
      assert.equal(count.estimated, undefined);
    } else {
      assert.ok(count.input_tokens > 5);
      assert.equal(count.estimated, true);
    }
  },
  async abort(p) {
    const stream = await ask(`${p}/anthropic-js--long-stream`, { stream: true });
    let events = 0;
    for await (const _ of stream) {
      if (++events === 8) break;
    }
    return Date.now();
  },
  async 'error-400'(p) {
    const e = await fails(ask(`${p}/error-400`), Anthropic.BadRequestError, 400);
    assert.equal(e.error.error.type, 'invalid_request_error');
    assert.match(e.message, /what a provider says/);
    assert.ok(e.requestID);
    assert.equal(e.error.request_id, e.requestID);
  },
  async 'error-400-of-serai'(p) {
    const e = await fails(ask(`${p}/text`, { messages: 'no list' }), Anthropic.BadRequestError, 400);
    assert.match(e.message, /messages/);
    await fails(ask(`${p}/text`, { max_tokens: undefined }), Anthropic.BadRequestError, 400);
  },
  async 'error-404'(p) {
    await fails(ask(`${p}/error-404`), Anthropic.NotFoundError, 404);
    const e = await fails(ask('no-such-model'), Anthropic.NotFoundError, 404);
    assert.equal(e.error.error.type, 'not_found_error');
  },
  async 'error-429'(p) {
    const e = await fails(ask(`${p}/error-429`), Anthropic.RateLimitError, 429);
    assert.equal(e.headers.get('retry-after'), '2');
    assert.equal(e.error.error.type, 'rate_limit_error');
  },
  async 'error-500'(p) {
    await fails(ask(`${p}/error-500`), Anthropic.InternalServerError, 500);
    await fails(ask(`${p}/error-500`, { stream: true }), Anthropic.InternalServerError, 500);
  },
  async 'error-529'(p) {
    const e = await fails(ask(`${p}/error-529`), Anthropic.InternalServerError, 529);
    assert.equal(e.error.error.type, 'overloaded_error');
  },
  async 'error-after-200'(p) {
    const stream = await ask(`${p}/error-after-200`, { stream: true });
    let said = '';
    const reading = (async () => {
      for await (const event of stream) said += event.delta?.text ?? '';
    })();
    await fails(reading, Anthropic.APIError);
    assert.equal(said, 'Hello, wörld');
  },
};

await run(['openai', 'anthropic', 'gemini', 'bedrock', 'ollama'], claims);
