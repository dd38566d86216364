"""OpenAI's client speaking Responses to providers of four wire formats."""

import json

import openai
from claims import HELLO, PERSON, URL, check, fails, run, structured

BASE_URL = URL + "/v1"
client = openai.OpenAI(api_key="a-caller", base_url=BASE_URL, max_retries=0, timeout=10)


def tool(name, **properties):
    parameters = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "function", "name": name, "description": name, "strict": True, "parameters": parameters}


TOOLS = [
    tool("get_weather", city={"type": "string"}, days={"type": "integer"}),
    tool("get_time", zone={"type": "string"}),
]
TEXT = {"format": {"type": "json_schema", "name": "person", "strict": True, "schema": PERSON}}


def ask(model, **more):
    return client.responses.create(model=model, input=more.pop("input", "Hello"), **more)


def claim_answer(p):
    answer = ask(f"{p}/text", instructions="Be kind.", metadata={"a": "b"})
    check((answer.status, answer.output_text), ("completed", HELLO))
    check((answer.usage.input_tokens, answer.usage.output_tokens, answer.usage.total_tokens), (11, 7, 18))


def claim_stream(p):
    text, numbers, last = "", [], None
    for event in ask(f"{p}/text", stream=True):
        numbers.append(event.sequence_number)
        if event.type == "response.output_text.delta":
            text += event.delta
        last = event
    check((text, last.type), (HELLO, "response.completed"))
    check(numbers, list(range(len(numbers))))


def claim_stream_with_silences(p):
    with client.responses.stream(model=f"{p}/paced-3x250", input="Hello") as stream:
        check(stream.get_final_response().output_text, "0 1 2 ")


def claim_stream_helper(p):
    with client.responses.stream(model=f"{p}/tools-parallel", input="Hello", tools=TOOLS) as stream:
        for _ in stream:
            pass
        final = stream.get_final_response()
    calls = [(i.name, json.loads(i.arguments)) for i in final.output if i.type == "function_call"]
    check(calls, [("get_weather", {"city": "Zürich", "days": 2}), ("get_time", {"zone": "CET"})])


def claim_tools(p):
    asked = [{"role": "user", "content": "Weather?"}]
    answer = ask(f"{p}/tools", input=asked, tools=TOOLS, store=False)
    call = answer.output[-1]
    check(json.loads(call.arguments), {"city": "Zürich", "days": 2})
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "blue"}
    check(ask(f"{p}/text", input=[*asked, *answer.output, result], tools=TOOLS).output_text, HELLO)


def claim_structured(p):
    check(json.loads(ask(structured(p), text=TEXT).output_text), {"name": "Ada", "age": 36})


def claim_goes_on(p):
    first = ask(f"{p}/text", input="One")
    second = ask(f"{p}/text", input="Two", previous_response_id=first.id)
    check(client.responses.retrieve(second.id).output_text, HELLO)
    items = client.responses.input_items.list(second.id, order="asc").data
    check([i.content[0].text for i in items], ["One", HELLO, "Two"])
    client.responses.delete(second.id)
    fails(lambda: client.responses.retrieve(second.id), openai.NotFoundError, 404)
    fails(lambda: ask(f"{p}/text", previous_response_id=second.id), openai.BadRequestError, 400)


def claim_error_after_200(p):
    events = list(ask(f"{p}/error-after-200", stream=True))
    check(events[-1].type, "response.failed")
    check(events[-1].response.error.code, "server_error")


def claim_error_404(p):
    check(fails(lambda: ask("no-such-model"), openai.NotFoundError, 404).code, "model_not_found")


run(["openai", "deepseek", "anthropic", "gemini", "bedrock", "ollama"], globals())
