"""OpenAI's and Ollama's clients for what is no chat completion."""

import io

import ollama
import openai
from claims import HELLO, URL, check, fails, get_weather, run

gpt = openai.OpenAI(api_key="a-caller", base_url=URL + "/v1", max_retries=0, timeout=30)
llama = ollama.Client(host=URL, timeout=30)
VECTOR = [0.25, -1.5, 0.01]
PROVIDERS = "openai", "anthropic", "gemini", "bedrock", "ollama"
SOUND = bytes(i % 256 for i in range(300_000))


def near(real, expected):
    check([round(number, 6) for number in real], expected)


def claim_openai_embeddings(_):
    for model in "openai/e", "openai/numbers-only", "ollama/e":
        answer = gpt.embeddings.create(model=model, input=["a", "b"])
        check(len(answer.data), 2)
        near(answer.data[1].embedding, VECTOR)
        check(answer.usage.prompt_tokens, 8)
        near(gpt.embeddings.create(model=model, input="a", encoding_format="float").data[0].embedding, VECTOR)


def claim_openai_images(_):
    made = gpt.images.generate(model="openai/gpt-image-1", prompt="A red square")
    assert made.data[0].b64_json.startswith("iVBORw0KGgo")
    check(made.usage.output_tokens, 1056)
    picture = ("a.png", io.BytesIO(b"\x89PNG\r\n\x1a\n\0"), "image/png")
    edited = gpt.images.edit(model="openai/gpt-image-1", image=picture, prompt="Blue")
    assert edited.data[0].b64_json


def claim_openai_audio(_):
    speech = gpt.audio.speech.create(model="openai/tts-1", voice="alloy", input="Hello")
    check(speech.content, SOUND)
    heard = gpt.audio.transcriptions.create(model="openai/whisper-1", file=("a.wav", SOUND, "audio/wav"))
    check(heard.text, HELLO)
    check(gpt.audio.translations.create(model="openai/whisper-1", file=("a.wav", SOUND)).text, HELLO)


def claim_openai_moderations(_):
    assert gpt.moderations.create(model="openai/omni-moderation-latest", input="x").results[0].flagged
    assert gpt.moderations.create(input="x").results[0].categories.violence


def claim_openai_files(_):
    made = gpt.files.create(file=("batch.jsonl", b'{"custom_id":"1"}\n'), purpose="batch")
    check(made.object, "file")
    check([f.id for f in gpt.files.list(purpose="batch", limit=2)], ["file-1"])
    check(gpt.files.content("file-1").text, '{"custom_id":"ü"}\n')
    assert gpt.files.delete("file-1").deleted
    fails(
        lambda: gpt.files.list(extra_headers={"x-serai-provider": "anthropic"}),
        openai.BadRequestError,
        400,
    )


def claim_openai_batches(_):
    made = gpt.batches.create(
        input_file_id="file-1", endpoint="/v1/chat/completions", completion_window="24h")
    check(made.status, "validating")
    check(gpt.batches.retrieve("batch-1").id, "batch-1")
    check(gpt.batches.cancel("batch-1").status, "cancelling")


def claim_openai_completions(_):
    for p in PROVIDERS:
        whole = gpt.completions.create(model=f"{p}/text", prompt="Say", max_tokens=9)
        check(whole.choices[0].text, HELLO)
        check(whole.usage.total_tokens, 18)
        chunks = list(gpt.completions.create(
            model=f"{p}/text", prompt="Say", stream=True, stream_options={"include_usage": True}))
        check("".join(c.choices[0].text for c in chunks if c.choices), HELLO)
        check(chunks[-1].usage.total_tokens, 18)


def claim_openai_unknown_models(_):
    fails(lambda: gpt.embeddings.create(model="nobody/x", input="a"), openai.NotFoundError, 404)
    fails(lambda: gpt.images.generate(model="openai/error-404", prompt="a"), openai.NotFoundError, 404)


MESSAGES = [{"role": "user", "content": "Hello"}]


def claim_ollama_chat(_):
    for p in PROVIDERS:
        answer = llama.chat(model=f"{p}/text", messages=MESSAGES)
        check(answer.message.content, HELLO)
        check((answer.done, answer.done_reason, answer.eval_count), (True, "stop", 7))
        parts = list(llama.chat(model=f"{p}/text", messages=MESSAGES, stream=True))
        check("".join(part.message.content or "" for part in parts), HELLO)
        check((parts[-1].done, parts[-1].prompt_eval_count), (True, 11))


def claim_ollama_tools(_):
    for p in PROVIDERS:
        for stream in False, True:
            answer = llama.chat(
                model=f"{p}/tools-parallel", messages=MESSAGES, tools=[get_weather], stream=stream)
            parts = list(answer) if stream else [answer]
            calls = [call for part in parts for call in part.message.tool_calls or []]
            check([c.function.name for c in calls], ["get_weather", "get_time"])
            check(calls[0].function.arguments, {"city": "Zürich", "days": 2})
        back = MESSAGES + [
            {"role": "assistant", "content": "", "tool_calls": [c.model_dump() for c in calls]},
            {"role": "tool", "tool_name": "get_weather", "content": "sun"},
            {"role": "tool", "tool_name": "get_time", "content": "noon"},
        ]
        check(llama.chat(model=f"{p}/text", messages=back, tools=[get_weather]).message.content, HELLO)


def claim_ollama_structured_output(_):
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    for model in "openai/structured", "anthropic/claude-sonnet-4-5--structured", "ollama/structured":
        answer = llama.chat(model=model, messages=MESSAGES, format=schema)
        check(answer.message.content.replace(" ", ""), '{"name":"Ada","age":36}')


def claim_ollama_pictures(_):
    picture = b"\x89PNG\r\n\x1a\n\0"
    for p in PROVIDERS:
        asked = [{"role": "user", "content": "What?", "images": [picture]}]
        check(llama.chat(model=f"{p}/image", messages=asked).message.content, "A red square.")


def claim_ollama_generate(_):
    for p in "openai", "anthropic":
        check(llama.generate(model=f"{p}/text", prompt="Hello").response, HELLO)
        parts = llama.generate(model=f"{p}/text", prompt="Hello", system="Be kind", stream=True)
        check("".join(part.response for part in parts), HELLO)


def claim_ollama_embed(_):
    for model in "openai/e", "ollama/e":
        near(llama.embed(model=model, input=["a", "b"]).embeddings[1], VECTOR)
        near(llama.embeddings(model=model, prompt="a").embedding, VECTOR)


def claim_ollama_models(_):
    assert "persona/guide" in [model.model for model in llama.list().models]
    assert "tools" in llama.show("persona/guide").capabilities
    check(len(llama.ps().models), 0)


def claim_ollama_errors(_):
    for p in PROVIDERS:
        fails(lambda: llama.chat(model=f"{p}/error-404", messages=MESSAGES), ollama.ResponseError, 404)
        limited = fails(
            lambda: llama.chat(model=f"{p}/error-429", messages=MESSAGES), ollama.ResponseError, 429)
        assert limited.error, limited
        try:
            list(llama.chat(model=f"{p}/error-after-200", messages=MESSAGES, stream=True))
            raise AssertionError("no error")
        except ollama.ResponseError:
            pass


run(["every"], globals())
