"""Anthropic's client with nothing but its base URL set."""

import anthropic
from claims import CALLS, HELLO, PNG, URL, check, fails, run

client = anthropic.Anthropic(api_key="a-caller", base_url=URL, max_retries=0, timeout=10)


def tool(name, **properties):
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"name": name, "description": name, "input_schema": schema}


TOOLS = [
    tool("get_weather", city={"type": "string"}, days={"type": "integer"}),
    tool("get_time", zone={"type": "string"}),
]


def user(content):
    return [{"role": "user", "content": content}]


def ask(model, **more):
    return client.messages.create(model=model, **{"max_tokens": 2048, "messages": user("Hello"), **more})


def streamed(model, **more):
    with client.messages.stream(model=model, **{"max_tokens": 2048, "messages": user("Hello"), **more}) as stream:
        text = "".join(stream.text_stream)
        return text, stream.get_final_message()


def text(message):
    return "".join(block.text for block in message.content if block.type == "text")


def check_usage(p, usage):
    check(usage.cache_read_input_tokens, 0 if p == "ollama" else 3)
    check((usage.input_tokens + usage.cache_read_input_tokens, usage.output_tokens), (11, 7))


def claim_create(p):
    message = ask(f"{p}/text", stop_sequences=["END"], system="Be brief.")
    check((message.type, text(message), message.stop_reason), ("message", HELLO, "end_turn"))
    check_usage(p, message.usage)
    assert message._request_id


def claim_stream(p):
    said, message = streamed(f"{p}/text")
    check((said, text(message), message.stop_reason), (HELLO, HELLO, "end_turn"))
    check_usage(p, message.usage)


def claim_tools(p):
    for message in ask(f"{p}/tools-parallel", tools=TOOLS), streamed(f"{p}/tools-parallel", tools=TOOLS)[1]:
        calls = [block for block in message.content if block.type == "tool_use"]
        check([(c.name, c.input) for c in calls], CALLS)
        check((text(message), message.stop_reason), ("Looking.", "tool_use"))
        results = [{"type": "tool_result", "tool_use_id": c.id, "content": "blue"} for c in calls]
        turns = [*user("Weather?"), {"role": "assistant", "content": message.content}, *user(results)]
        check(text(ask(f"{p}/text", tools=TOOLS, messages=turns)), HELLO)


def claim_thinking_round_trip(p):
    for message in ask(f"{p}/thinking"), streamed(f"{p}/thinking")[1]:
        thought, said, *_ = message.content  # what carries a signature may follow
        check((thought.type, thought.thinking, said.text), ("thinking", "Let me think.", "Thought."))
        assert thought.signature
        turns = [*user("Think!"), {"role": "assistant", "content": message.content}, *user("Again!")]
        check(text(ask(f"{p}/thinking", messages=turns)), "Thought.")
        check(text(ask("openai/text", messages=turns)), HELLO)


def claim_image(p):
    source = {"type": "base64", "media_type": "image/png", "data": PNG}
    content = [{"type": "image", "source": source}, {"type": "text", "text": "What is this?"}]
    check(text(ask(f"{p}/image", messages=user(content))), "A red square.")


def claim_count(p):
    count = client.messages.count_tokens(model=f"{p}/text", messages=user("Hello"), tools=TOOLS)
    assert count.input_tokens > 5


def claim_models(_):
    model = next(m for m in client.models.list() if m.id == "persona/guide")
    check((model.type, model.display_name), ("model", "persona/guide"))
    check(client.models.retrieve("persona/guide").id, "persona/guide")


def claim_errors(p):
    refused = fails(lambda: ask(f"{p}/error-400"), anthropic.BadRequestError, 400)
    check(refused.body["error"]["type"], "invalid_request_error")
    fails(lambda: ask(f"{p}/error-404"), anthropic.NotFoundError, 404)
    fails(lambda: ask("no-such-model"), anthropic.NotFoundError, 404)
    limited = fails(lambda: ask(f"{p}/error-429"), anthropic.RateLimitError, 429)
    check(limited.response.headers["retry-after"], "2")
    fails(lambda: ask(f"{p}/error-500"), anthropic.InternalServerError, 500)
    assert "what a provider says" not in str(fails(lambda: ask(f"{p}/error-401"), anthropic.APIStatusError, 502))


def claim_error_after_200(p):
    said = []

    def read():
        for event in ask(f"{p}/error-after-200", stream=True):
            if event.type == "content_block_delta":
                said.append(event.delta.text)

    fails(read, anthropic.APIError)
    check("".join(said), "Hello, wörld")


run(["anthropic", "openai", "gemini", "bedrock", "ollama"], globals())
