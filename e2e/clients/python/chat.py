"""OpenAI's client with nothing but its base URL set. A claim that aborts gives when it did."""

import asyncio
import json
import time

import openai
from claims import HELLO, PERSON, PNG, URL, check, fails, run, structured

BASE_URL = URL + "/v1"
client = openai.OpenAI(api_key="a-caller", base_url=BASE_URL, max_retries=0, timeout=10)


def tool(name, **properties):
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "function", "function": {"name": name, "description": name, "parameters": parameters}}


TOOLS = [
    tool("get_weather", city={"type": "string"}, days={"type": "integer"}),
    tool("get_time", zone={"type": "string"}),
]
FORMAT = {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": PERSON}}


def chat(model, content="Hello", **more):
    messages = more.pop("messages", [{"role": "user", "content": content}])
    return client.chat.completions.create(model=model, messages=messages, **more)


def check_calls(calls):
    check(
        [(c.function.name, json.loads(c.function.arguments)) for c in calls],
        [("get_weather", {"city": "Zürich", "days": 2}), ("get_time", {"zone": "CET"})],
    )
    assert all(c.type == "function" and c.id for c in calls)
    assert calls[0].id != calls[1].id


def claim_chat(p):
    answer = chat(f"{p}/text", temperature=0.2, max_tokens=100, stop=["END"])
    check(answer.choices[0].message.content, HELLO)
    check(answer.choices[0].finish_reason, "stop")
    check((answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens), (11, 7, 18))


def claim_stream(p):
    text, finish, usage = "", None, None
    for chunk in chat(f"{p}/text", stream=True, stream_options={"include_usage": True}):
        if chunk.choices:
            text += chunk.choices[0].delta.content or ""
            finish = chunk.choices[0].finish_reason or finish
        usage = chunk.usage or usage
    check((text, finish), (HELLO, "stop"))
    check((usage.prompt_tokens, usage.completion_tokens), (11, 7))


def claim_stream_with_silences(p):
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chat(f"{p}/paced-3x250", stream=True))
    check(text, "0 1 2 ")


def claim_length(p):
    check(chat(f"{p}/length").choices[0].finish_reason, "length")


def claim_refusal(p):
    if p in ("ollama", "bedrock", "gemini"):
        return  # their grammars have no refusal
    refusal = chat(f"{p}/refusal").choices[0].message.refusal
    check(refusal, "I will not.")


def claim_tools(p):
    answer = chat(f"{p}/tools", tools=TOOLS, tool_choice="auto")
    message = answer.choices[0].message
    call = message.tool_calls[0]
    check(json.loads(call.function.arguments), {"city": "Zürich", "days": 2})
    check(answer.choices[0].finish_reason, "tool_calls")
    turns = [
        {"role": "user", "content": "Weather?"},
        message,
        {"role": "tool", "tool_call_id": call.id, "content": '{"sky":"blue"}'},
    ]
    check(chat(f"{p}/text", messages=turns, tools=TOOLS).choices[0].message.content, HELLO)


def claim_tools_parallel(p):
    answer = chat(f"{p}/tools-parallel", tools=TOOLS, parallel_tool_calls=True)
    check(answer.choices[0].message.content, "Looking.")
    check_calls(answer.choices[0].message.tool_calls)


def claim_tools_streamed(p):
    with client.chat.completions.stream(
        model=f"{p}/tools-parallel", messages=[{"role": "user", "content": "Hello"}], tools=TOOLS
    ) as stream:
        for _ in stream:
            pass
        final = stream.get_final_completion()
    check_calls(final.choices[0].message.tool_calls)
    check(final.choices[0].finish_reason, "tool_calls")


def claim_structured(p):
    answer = chat(structured(p), response_format=FORMAT)
    check(json.loads(answer.choices[0].message.content), {"name": "Ada", "age": 36})
    check(answer.choices[0].finish_reason, "stop")


def claim_image(p):
    picture = {"url": "data:image/png;base64," + PNG}
    content = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": picture}]
    check(chat(f"{p}/image", content).choices[0].message.content, "A red square.")


def claim_async(p):
    async def many():
        async with openai.AsyncOpenAI(api_key="a-caller", base_url=BASE_URL, max_retries=0) as several:
            messages = [{"role": "user", "content": "Hello"}]
            calls = [several.chat.completions.create(model=f"{p}/text", messages=messages) for _ in range(20)]
            return await asyncio.gather(*calls)

    for answer in asyncio.run(many()):
        check(answer.choices[0].message.content, HELLO)


def claim_abort(p):
    stream = chat(f"{p}/python--long-stream", stream=True)
    for _, _ in zip(range(5), stream):
        pass
    stream.close()
    return time.time()


def claim_error_400(p):
    e = fails(lambda: chat(f"{p}/error-400"), openai.BadRequestError, 400)
    check(e.type, "invalid_request_error")
    assert e.request_id


def claim_error_401(p):
    e = fails(lambda: chat(f"{p}/error-401"), openai.InternalServerError, 502)
    assert "what a provider says" not in str(e)


def claim_error_404(p):
    for model in f"{p}/error-404", "no-such-model":
        check(fails(lambda: chat(model), openai.NotFoundError, 404).code, "model_not_found")


def claim_error_429(p):
    e = fails(lambda: chat(f"{p}/error-429"), openai.RateLimitError, 429)
    check(e.response.headers["retry-after"], "2")


def claim_error_500(p):
    fails(lambda: chat(f"{p}/error-500"), openai.InternalServerError, 500)
    fails(lambda: chat(f"{p}/error-500", stream=True), openai.InternalServerError, 500)


def claim_error_after_200(p):
    text = []

    def read():
        for chunk in chat(f"{p}/error-after-200", stream=True):
            text.append(chunk.choices[0].delta.content or "")

    fails(read, openai.APIError)
    check("".join(text), "Hello, wörld")


def claim_timeout_of_the_client(p):
    fails(lambda: chat(f"{p}/hang-before-head", timeout=0.3), openai.APITimeoutError)


def claim_timeout_of_serai(p):
    fails(lambda: chat(f"{p}/hang-first-token", stream=True), openai.InternalServerError, 504)


run(["openai", "anthropic", "ollama", "bedrock", "gemini"], globals())
