// Vercel's AI SDK with its makers of OpenAI's, Anthropic's and compatible models, nothing but the base URL set.
import assert from 'node:assert/strict';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { CALLS, HELLO, PERSON, PNG, TIME, URL, WEATHER, fails, run, structured } from './claims.js';

globalThis.AI_SDK_LOG_WARNINGS = false;
const at = { baseURL: URL + '/v1', apiKey: 'a-caller' };
const openai = createOpenAI(at);
const kinds = {
  completions: openai.chat,
  responses: openai.responses,
  messages: createAnthropic(at),
  compatible: createOpenAICompatible({ ...at, name: 'serai', includeUsage: true, supportsStructuredOutputs: true }),
};
const declare = (name, properties) =>
  tool({ description: name, inputSchema: jsonSchema({ type: 'object', properties }), execute: () => 'blue' });
const tools = { get_weather: declare('get_weather', WEATHER), get_time: declare('get_time', TIME) };
const asked = { prompt: 'Hello', maxRetries: 0 };

function checkAnswer(text, usage) {
  assert.equal(text, HELLO);
  assert.deepEqual([usage.inputTokens, usage.outputTokens], [11, 7]);
}

function checkCalls(calls) {
  assert.deepEqual(calls.map((c) => [c.toolName, c.input]), CALLS);
}

const each = {
  async chat(of, p) {
    const answer = await generateText({ model: of(`${p}/text`), system: 'Be brief.', ...asked });
    checkAnswer(answer.text, answer.usage);
    assert.equal(answer.finishReason, 'stop');
  },
  async stream(of, p) {
    const answer = streamText({ model: of(`${p}/text`), ...asked });
    let text = '';
    for await (const piece of answer.textStream) text += piece;
    checkAnswer(text, await answer.usage);
    assert.equal(await answer.finishReason, 'stop');
  },
  async tools(of, p) {
    const calling = { model: of(`${p}/tools-parallel`), tools, ...asked };
    const whole = await generateText(calling);
    checkCalls(whole.toolCalls);
    const stream = streamText(calling);
    await stream.consumeStream();
    checkCalls(await stream.toolCalls);
    for (const { messages } of [whole.response, await stream.response]) {
      const turns = [{ role: 'user', content: 'Weather?' }, ...messages];
      const told = await generateText({ model: of(`${p}/text`), tools, messages: turns, maxRetries: 0 });
      assert.equal(told.text, HELLO);
    }
    const loop = await generateText({ ...calling, stopWhen: stepCountIs(3) });
    assert.equal(loop.steps.length, 3);
  },
  async schema(of, p) {
    const output = Output.object({ schema: jsonSchema(PERSON) });
    // Whether Anthropic's maker asks with a schema or a tool hangs on the model's name.
    const name = of === kinds.messages ? `${p}/claude-sonnet-4-5--structured` : structured(p);
    const answer = await generateText({ model: of(name), output, ...asked });
    assert.deepEqual(answer.output, { name: 'Ada', age: 36 });
  },
  async image(of, p) {
    const content = [{ type: 'text', text: 'What?' }, { type: 'image', image: PNG }];
    const answer = await generateText({ model: of(`${p}/image`), messages: [{ role: 'user', content }], maxRetries: 0 });
    assert.equal(answer.text, 'A red square.');
  },
  async errors(of, p) {
    const ask = (model) => generateText({ model: of(model), ...asked });
    await fails(ask(`${p}/error-400`), APICallError, 400);
    await fails(ask('no-such-model'), APICallError, 404);
    const limited = await fails(ask(`${p}/error-429`), APICallError, 429);
    assert.ok(limited.isRetryable);
    await fails(ask(`${p}/error-500`), APICallError, 500);
  },
};

const claims = {};
for (const [kind, of] of Object.entries(kinds)) {
  for (const [name, claim] of Object.entries(each)) claims[`${kind}-${name}`] = (p) => claim(of, p);
}
await run(['openai', 'anthropic', 'gemini'], claims);
