// OpenAI's and Ollama's clients for what is no chat completion.
import assert from 'node:assert/strict';
import { Ollama } from 'ollama';
import OpenAI, { toFile } from 'openai';
import { HELLO, URL, fails, run } from './claims.js';

const gpt = new OpenAI({ apiKey: 'a-caller', baseURL: URL + '/v1', maxRetries: 0, timeout: 30_000 });
const llama = new Ollama({ host: URL });
const VECTOR = [0.25, -1.5, 0.01];
const PROVIDERS = ['openai', 'anthropic', 'gemini', 'bedrock', 'ollama'];
const SOUND = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 256));
const messages = [{ role: 'user', content: 'Hello' }];
const near = (real, expected) => assert.deepEqual(Array.from(real, (n) => Math.round(n * 1e6) / 1e6), expected);

const claims = {
  async 'openai-embeddings'() {
    for (const model of ['openai/e', 'openai/numbers-only', 'ollama/e']) {
      const answer = await gpt.embeddings.create({ model, input: ['a', 'b'] });
      near(answer.data[1].embedding, VECTOR);
      const numbers = await gpt.embeddings.create({ model, input: 'a', encoding_format: 'float' });
      near(numbers.data[0].embedding, VECTOR);
    }
  },
  async 'openai-images'() {
    const made = await gpt.images.generate({ model: 'openai/gpt-image-1', prompt: 'A red square' });
    assert.ok(made.data[0].b64_json.startsWith('iVBORw0KGgo'));
    const image = await toFile(Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'), 'a.png', { type: 'image/png' });
    assert.ok((await gpt.images.edit({ model: 'openai/gpt-image-1', image, prompt: 'Blue' })).data[0].b64_json);
  },
  async 'openai-audio'() {
    const speech = await gpt.audio.speech.create({ model: 'openai/tts-1', voice: 'alloy', input: 'Hello' });
    assert.ok(SOUND.equals(Buffer.from(await speech.arrayBuffer())));
    const file = await toFile(SOUND, 'a.wav', { type: 'audio/wav' });
    assert.equal((await gpt.audio.transcriptions.create({ model: 'openai/whisper-1', file })).text, HELLO);
  },
  async 'openai-moderations'() {
    assert.ok((await gpt.moderations.create({ input: 'x' })).results[0].flagged);
  },
  async 'openai-files'() {
    const file = await toFile(Buffer.from('{"custom_id":"1"}\n'), 'batch.jsonl');
    assert.equal((await gpt.files.create({ file, purpose: 'batch' })).object, 'file');
    assert.equal((await gpt.files.list({ limit: 2 })).data.length, 1);
    assert.equal(await (await gpt.files.content('file-1')).text(), '{"custom_id":"ü"}\n');
    assert.ok((await gpt.files.delete('file-1')).deleted);
    await fails(gpt.files.list({}, { headers: { 'x-serai-provider': 'nobody' } }), OpenAI.NotFoundError, 404);
  },
  async 'openai-batches'() {
    const input = { input_file_id: 'file-1', endpoint: '/v1/chat/completions', completion_window: '24h' };
    assert.equal((await gpt.batches.create(input)).status, 'validating');
    assert.equal((await gpt.batches.cancel('batch-1')).status, 'cancelling');
  },
  async 'openai-completions'() {
    for (const p of PROVIDERS) {
      const asked = { model: `${p}/text`, prompt: 'Say', max_tokens: 9 };
      assert.equal((await gpt.completions.create(asked)).choices[0].text, HELLO);
      let text = '';
      for await (const chunk of await gpt.completions.create({ ...asked, stream: true })) {
        text += chunk.choices[0]?.text ?? '';
      }
      assert.equal(text, HELLO);
    }
  },
  async 'ollama-chat'() {
    for (const p of PROVIDERS) {
      const model = `${p}/text`;
      const whole = await llama.chat({ model, messages });
      assert.equal(whole.message.content, HELLO);
      assert.equal(whole.eval_count, 7);
      let text = '';
      let last;
      for await (last of await llama.chat({ model, messages, stream: true })) text += last.message.content;
      assert.equal(text, HELLO);
      assert.ok(last.done);
    }
  },
  async 'ollama-tools'() {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const tools = [{ type: 'function', function: { name: 'get_weather', description: 'x', parameters } }];
    for (const p of PROVIDERS) {
      const { message } = await llama.chat({ model: `${p}/tools-parallel`, messages, tools });
      assert.deepEqual(message.tool_calls[0].function.arguments, { city: 'Zürich', days: 2 });
      const back = [...messages, message, { role: 'tool', tool_name: 'get_weather', content: 'sun' }];
      back.push({ role: 'tool', tool_name: 'get_time', content: 'noon' });
      assert.equal((await llama.chat({ model: `${p}/text`, messages: back, tools })).message.content, HELLO);
    }
  },
  async 'ollama-generate'() {
    for (const p of ['openai', 'anthropic']) {
      assert.equal((await llama.generate({ model: `${p}/text`, prompt: 'Hello' })).response, HELLO);
    }
  },
  async 'ollama-embed'() {
    for (const model of ['openai/e', 'ollama/e']) {
      near((await llama.embed({ model, input: ['a', 'b'] })).embeddings[1], VECTOR);
      near((await llama.embeddings({ model, prompt: 'a' })).embedding, VECTOR);
    }
  },
  async 'ollama-models'() {
    assert.ok((await llama.list()).models.some((m) => m.name === 'persona/guide'));
    assert.ok((await llama.show({ model: 'persona/guide' })).capabilities.includes('tools'));
    assert.equal((await llama.ps()).models.length, 0);
    assert.ok((await llama.version()).version);
  },
  async 'ollama-errors'() {
    for (const p of PROVIDERS) {
      await fails(llama.chat({ model: `${p}/error-404`, messages }), Error, 404);
      const stream = await llama.chat({ model: `${p}/error-after-200`, messages, stream: true });
      await assert.rejects(async () => {
        for await (const _ of stream);
      });
    }
  },
};

await run(['every'], claims);
