// OpenAI's client with nothing but its base URL set. A claim that aborts gives when it did.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { HELLO, PERSON, PNG, URL, fails, run, structured } from './claims.js';

const baseURL = URL + '/v1';
const client = new OpenAI({ apiKey: 'a-caller', baseURL, maxRetries: 0, timeout: 10_000 });
const user = (content) => [{ role: 'user', content }];
const tool = (name, properties) => ({
  type: 'function',
  function: { name, description: name, parameters: { type: 'object', properties, required: Object.keys(properties) } },
});
const tools = [
  tool('get_weather', { city: { type: 'string' }, days: { type: 'integer' } }),
  tool('get_time', { zone: { type: 'string' } }),
];
const response_format = { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: PERSON } };

const chat = (model, more = {}) => client.chat.completions.create({ model, messages: user('Hello'), ...more });

function checkCalls(calls) {
  assert.deepEqual(calls.map((c) => [c.function.name, JSON.parse(c.function.arguments)]), [
    ['get_weather', { city: 'Zürich', days: 2 }],
    ['get_time', { zone: 'CET' }],
  ]);
  assert.ok(calls.every((c) => c.type === 'function' && c.id.length > 0));
  assert.notEqual(calls[0].id, calls[1].id);
}

const claims = {
  async chat(p) {
    const answer = await chat(`${p}/text`, { temperature: 0.2, max_tokens: 100, stop: ['END'] });
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.content, HELLO);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.prompt_tokens, 11);
    assert.equal(answer.usage.completion_tokens, 7);
    assert.equal(answer.usage.total_tokens, 18);
    if (p !== 'ollama') assert.equal(answer.usage.prompt_tokens_details.cached_tokens, 3);
  },
  async stream(p) {
    const stream = await chat(`${p}/text`, { stream: true, stream_options: { include_usage: true } });
    let text = '';
    let events = 0;
    let finish, usage;
    for await (const chunk of stream) {
      events++;
      text += chunk.choices[0]?.delta?.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, HELLO);
    assert.equal(finish, 'stop');
    assert.equal(usage.prompt_tokens, 11);
    assert.equal(usage.completion_tokens, 7);
    assert.ok(events >= 7, `${events} events`);
  },
  async 'stream-with-silences'(p) {
    let text = '';
    for await (const chunk of await chat(`${p}/paced-3x250`, { stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
    assert.equal(text, '0 1 2 ');
  },
  async 'stream-without-usage'(p) {
    for await (const chunk of await chat(`${p}/text`, { stream: true })) {
      assert.equal(chunk.choices.length, 1);
      assert.equal(chunk.usage ?? null, null);
    }
  },
  async length(p) {
    assert.equal((await chat(`${p}/length`)).choices[0].finish_reason, 'length');
  },
  async refusal(p) {
    if (['ollama', 'bedrock', 'gemini'].includes(p)) return; // their grammars have no refusal
    const answer = await chat(`${p}/refusal`);
    const { message } = answer.choices[0];
    assert.equal(message.refusal, 'I will not.');
  },
  async tools(p) {
    const answer = await chat(`${p}/tools`, { tools, tool_choice: 'auto' });
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(call.function.name, 'get_weather');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Zürich', days: 2 });
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    const next = await client.chat.completions.create({
      model: `${p}/text`,
      tools,
      messages: [
        ...user('Weather?'),
        answer.choices[0].message,
        { role: 'tool', tool_call_id: call.id, content: '{"sky":"blue"}' },
      ],
    });
    assert.equal(next.choices[0].message.content, HELLO);
  },
  async 'tools-parallel'(p) {
    const answer = await chat(`${p}/tools-parallel`, { tools, parallel_tool_calls: true });
    assert.equal(answer.choices[0].message.content, 'Looking.');
    checkCalls(answer.choices[0].message.tool_calls);
  },
  async 'tools-streamed'(p) {
    const stream = await chat(`${p}/tools-parallel`, { tools, stream: true });
    const calls = [];
    let fragments = 0;
    for await (const chunk of stream) {
      for (const delta of chunk.choices[0]?.delta?.tool_calls ?? []) {
        const call = (calls[delta.index] ??= { id: '', type: delta.type, function: { name: '', arguments: '' } });
        call.id += delta.id ?? '';
        call.function.name += delta.function.name ?? '';
        call.function.arguments += delta.function.arguments ?? '';
        if (delta.function.arguments) fragments++;
      }
    }
    checkCalls(calls);
    assert.ok(fragments >= (p === 'ollama' || p === 'gemini' ? 2 : 5), `${fragments} fragments`);
  },
  async 'tools-runner'(p) {
    const final = await client.chat.completions
      .stream({ model: `${p}/tools-parallel`, messages: user('Hello'), tools })
      .finalChatCompletion();
    checkCalls(final.choices[0].message.tool_calls);
    assert.equal(final.choices[0].finish_reason, 'tool_calls');
  },
  async structured(p) {
    const answer = await client.chat.completions.parse({
      model: structured(p),
      messages: user('Who?'),
      response_format,
    });
    assert.deepEqual(JSON.parse(answer.choices[0].message.content), { name: 'Ada', age: 36 });
    assert.equal(answer.choices[0].finish_reason, 'stop');
  },
  async 'structured-streamed'(p) {
    let text = '';
    for await (const chunk of await chat(structured(p), { stream: true, response_format })) {
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    assert.deepEqual(JSON.parse(text), { name: 'Ada', age: 36 });
  },
  async image(p) {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
    ];
    const answer = await client.chat.completions.create({ model: `${p}/image`, messages: user(content) });
    assert.equal(answer.choices[0].message.content, 'A red square.');
  },
  async abort(p) {
    const stream = await chat(`${p}/node--long-stream`, { stream: true });
    let events = 0;
    for await (const _ of stream) {
      if (++events === 5) break;
    }
    return Date.now();
  },
  async 'abort-whole'(p) {
    const abort = new AbortController();
    const body = { model: `${p}/node--hang-before-head`, messages: user('Hello') };
    const answer = client.chat.completions.create(body, { signal: abort.signal });
    answer.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    abort.abort();
    const at = Date.now();
    await fails(answer, OpenAI.APIUserAbortError);
    return at;
  },
  async 'error-400'(p) {
    const e = await fails(chat(`${p}/error-400`), OpenAI.BadRequestError, 400);
    assert.equal(e.type, 'invalid_request_error');
    assert.match(e.message, /what a provider says/);
    assert.ok(e.requestID);
  },
  async 'error-400-of-serai'(p) {
    await fails(client.chat.completions.create({ model: `${p}/text`, messages: 'no list' }), OpenAI.BadRequestError, 400);
  },
  async 'error-401'(p) {
    const e = await fails(chat(`${p}/error-401`), OpenAI.InternalServerError, 502);
    assert.doesNotMatch(e.message, /what a provider says/);
  },
  async 'error-404'(p) {
    const e = await fails(chat(`${p}/error-404`), OpenAI.NotFoundError, 404);
    assert.equal(e.code, 'model_not_found');
    const unknown = await fails(chat('no-such-model'), OpenAI.NotFoundError, 404);
    assert.equal(unknown.code, 'model_not_found');
  },
  async 'error-429'(p) {
    const e = await fails(chat(`${p}/error-429`), OpenAI.RateLimitError, 429);
    assert.equal(e.headers.get('retry-after'), '2');
    assert.equal(e.type, 'rate_limit_error');
  },
  async 'error-500'(p) {
    await fails(chat(`${p}/error-500`), OpenAI.InternalServerError, 500);
    await fails(chat(`${p}/error-500`, { stream: true }), OpenAI.InternalServerError, 500);
  },
  async 'error-after-200'(p) {
    const stream = await chat(`${p}/error-after-200`, { stream: true });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
    })();
    await fails(reading, OpenAI.APIError);
    assert.equal(text, 'Hello, wörld');
  },
  async 'timeout-of-the-client'(p) {
    const body = { model: `${p}/hang-before-head`, messages: user('Hello') };
    await fails(client.chat.completions.create(body, { timeout: 300 }), OpenAI.APIConnectionTimeoutError);
  },
  async 'timeout-of-serai'(p) {
    await fails(chat(`${p}/hang-first-token`, { stream: true }), OpenAI.InternalServerError, 504);
  },
};

const list = await client.models.list();
console.log(list.object === 'list' ? 'ok serai models' : 'FAIL serai models: no list');
await run(['openai', 'anthropic', 'ollama', 'bedrock', 'gemini'], claims);
