"""Google's client for Gemini with nothing but its base URL set."""

from claims import CALLS, HELLO, URL, check, get_time, get_weather, run, structured
from google import genai
from google.genai import errors, types
from pydantic import BaseModel

client = genai.Client(
    api_key="a-caller",
    http_options=types.HttpOptions(base_url=URL, timeout=20_000, retry_options=types.HttpRetryOptions(attempts=1)),
)


class Person(BaseModel):
    name: str
    age: int


NO_LOOP = types.AutomaticFunctionCallingConfig(disable=True)


def ask(model, contents="Hello", **config):
    return client.models.generate_content(model=model, contents=contents, config=config or None)


def fails(model, status, stream=False):
    try:
        if stream:
            for _ in client.models.generate_content_stream(model=model, contents="Hello"):
                pass
        else:
            ask(model)
    except errors.APIError as e:
        check(e.code, status)
        return e
    raise AssertionError("no error")


def check_calls(calls):
    check([(c.name, c.args) for c in calls], CALLS)


def claim_generate(p):
    answer = ask(f"{p}/text", temperature=0.2, max_output_tokens=100, stop_sequences=["END"])
    check(answer.text, HELLO)
    check(answer.candidates[0].finish_reason, types.FinishReason.STOP)
    check(answer.usage_metadata.prompt_token_count, 11)
    check(answer.usage_metadata.candidates_token_count, 7)


def claim_stream(p):
    chunks = list(client.models.generate_content_stream(model=f"{p}/text", contents="Hello"))
    check("".join(c.text or "" for c in chunks), HELLO)
    assert len(chunks) >= 7, len(chunks)
    check(chunks[-1].candidates[0].finish_reason, types.FinishReason.STOP)
    check(chunks[-1].usage_metadata.total_token_count, 18)


def claim_tools(p):
    answer = ask(f"{p}/tools-parallel", tools=[get_weather, get_time], automatic_function_calling=NO_LOOP)
    check_calls(answer.function_calls)
    contents = [
        types.UserContent("Weather?"),
        answer.candidates[0].content,
        types.UserContent([types.Part.from_function_response(name=c.name, response={"result": "x"}) for c in answer.function_calls]),
    ]
    check(ask(f"{p}/text", contents, tools=[get_weather, get_time], automatic_function_calling=NO_LOOP).text, HELLO)


def claim_tools_streamed(p):
    calls = []
    for chunk in client.models.generate_content_stream(
        model=f"{p}/tools-parallel",
        contents="Hello",
        config=types.GenerateContentConfig(tools=[get_weather, get_time], automatic_function_calling=NO_LOOP),
    ):
        calls += chunk.function_calls or []
    check_calls(calls)


def claim_automatic_function_calling(p):
    answer = ask(f"{p}/tools", tools=[get_weather], automatic_function_calling=types.AutomaticFunctionCallingConfig(maximum_remote_calls=2))
    assert len(answer.automatic_function_calling_history) >= 3


def claim_structured(p):
    answer = ask(structured(p), response_mime_type="application/json", response_schema=Person)
    check(answer.parsed, Person(name="Ada", age=36))


def claim_image(p):
    contents = ["What?", types.Part.from_bytes(data=b"\x89PNG\r\n\x1a\n", mime_type="image/png")]
    check(ask(f"{p}/image", contents).text, "A red square.")


def claim_chat(p):
    chat = client.chats.create(model=f"{p}/text")
    for _ in chat.send_message_stream("Hello"):
        pass
    check(chat.send_message("And?").text, HELLO)
    assert len(chat.get_history(curated=True)) >= 4


def claim_count(p):
    assert client.models.count_tokens(model=f"{p}/text", contents="Hello you").total_tokens >= 1


def claim_models(_):
    assert "models/persona/guide" in [m.name for m in client.models.list()]
    check(client.models.get(model="models/persona/guide").name, "models/persona/guide")
    stable = genai.Client(api_key="a-caller", http_options=types.HttpOptions(base_url=URL, api_version="v1"))
    assert "models/persona/guide" in [m.name for m in stable.models.list()]


def claim_errors(p):
    fails(f"{p}/error-400", 400)
    fails(f"{p}/error-404", 404)
    fails("no-such-model", 404)
    check(fails(f"{p}/error-429", 429).status, "RESOURCE_EXHAUSTED")
    fails(f"{p}/error-500", 500)
    assert "what a provider says" not in str(fails(f"{p}/error-401", 502))


def claim_error_in_a_stream(p):
    fails(f"{p}/error-after-200", {"openai": 502, "anthropic": 503}.get(p, 500), stream=True)


run(["gemini", "openai", "anthropic", "bedrock", "ollama"], globals())
