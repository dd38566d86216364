// LangChain's models of OpenAI (completions and Responses) and Anthropic with nothing but their base URL set.
import assert from 'node:assert/strict';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { CALLS, HELLO, PERSON, TIME, URL, WEATHER, run, structured } from './claims.js';

const common = { apiKey: 'a-caller', maxRetries: 0 };
const openai = { ...common, configuration: { baseURL: URL + '/v1' } };
const kinds = {
  completions: (model) => new ChatOpenAI({ ...openai, model, useResponsesApi: false }),
  responses: (model) => new ChatOpenAI({ ...openai, model, useResponsesApi: true }),
  messages: (model) => new ChatAnthropic({ ...common, anthropicApiUrl: URL, model, maxTokens: 2048 }),
};
const declare = (name, properties) => tool(() => 'blue', { name, description: name, schema: { type: 'object', properties } });
const tools = [declare('get_weather', WEATHER), declare('get_time', TIME)];

function checkUsage(answer) {
  const { input_tokens, output_tokens } = answer.usage_metadata;
  assert.deepEqual([input_tokens, output_tokens], [11, 7]);
}

async function gathered(model, asked) {
  let all;
  for await (const chunk of await model.stream(asked)) all = all ? all.concat(chunk) : chunk;
  return all;
}

async function failsWith(promise, status) {
  const e = await promise.then(() => assert.fail('no error'), (error) => error);
  assert.equal(e.status, status, `${e}`);
}

const each = {
  async chat(of, p) {
    const answer = await of(`${p}/text`).invoke([['system', 'Be brief.'], ['human', 'Hello']]);
    assert.equal(answer.text, HELLO);
    checkUsage(answer);
  },
  async stream(of, p) {
    const answer = await gathered(of(`${p}/text`), 'Hello');
    assert.equal(answer.text, HELLO);
    // Of Anthropic's streams it adds the first event's output to the last one's, and takes the input from the first.
    if (of !== kinds.messages) checkUsage(answer);
  },
  async tools(of, p) {
    const asking = of(`${p}/tools-parallel`).bindTools(tools);
    for (const answer of [await asking.invoke('Weather?'), await gathered(asking, 'Weather?')]) {
      assert.deepEqual(answer.tool_calls.map((c) => [c.name, c.args]), CALLS);
      const results = answer.tool_calls.map((c) => new ToolMessage({ content: 'blue', tool_call_id: c.id }));
      const told = await of(`${p}/text`).bindTools(tools).invoke([new HumanMessage('Weather?'), answer, ...results]);
      assert.equal(told.text, HELLO);
    }
  },
  async schema(of, p) {
    const person = { title: 'person', description: 'Somebody', ...PERSON };
    const model = of(structured(p)).withStructuredOutput(person, { method: 'jsonSchema' });
    assert.deepEqual(await model.invoke('Who?'), { name: 'Ada', age: 36 });
  },
  async errors(of, p) {
    await failsWith(of(`${p}/error-400`).invoke('Hello'), 400);
    await failsWith(of('no-such-model').invoke('Hello'), 404);
    await failsWith(of(`${p}/error-429`).invoke('Hello'), 429);
    await failsWith(of(`${p}/error-500`).invoke('Hello'), 500);
  },
};

const claims = {};
for (const [kind, of] of Object.entries(kinds)) {
  for (const [name, claim] of Object.entries(each)) claims[`${kind}-${name}`] = (p) => claim(of, p);
}
await run(['openai', 'anthropic', 'gemini'], claims);
