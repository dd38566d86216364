"""LangChain's models of OpenAI (completions and Responses) and Anthropic with nothing but their base URL set."""

import anthropic
import openai
from claims import CALLS, HELLO, PERSON, PNG, URL, check, fails, get_time, get_weather, run, structured
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_openai import ChatOpenAI

SOON = {"api_key": "a-caller", "max_retries": 0, "timeout": 10}
KINDS = {
    "completions": lambda model: ChatOpenAI(
        model=model, base_url=URL + "/v1", use_responses_api=False, stream_usage=True, **SOON
    ),
    "responses": lambda model: ChatOpenAI(model=model, base_url=URL + "/v1", use_responses_api=True, **SOON),
    "messages": lambda model: ChatAnthropic(model=model, base_url=URL, max_tokens=2048, **SOON),
}
TOOLS = [get_weather, get_time]


def check_answer(answer):
    check(answer.text, HELLO)
    usage = answer.usage_metadata
    check((usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]), (11, 7, 18))


def chat(of, p):
    check_answer(of(f"{p}/text").invoke([("system", "Be brief."), ("human", "Hello")]))


def stream(of, p):
    chunks = list(of(f"{p}/text").stream("Hello"))
    assert len(chunks) > 4, len(chunks)
    check_answer(sum(chunks[1:], chunks[0]))


def tools(of, p):
    asking, telling = of(f"{p}/tools-parallel").bind_tools(TOOLS), of(f"{p}/text").bind_tools(TOOLS)
    whole = asking.invoke("Weather?")
    chunks = list(asking.stream("Weather?"))
    for answer in whole, sum(chunks[1:], chunks[0]):
        check([(c["name"], c["args"]) for c in answer.tool_calls], CALLS)
        results = [ToolMessage("blue", tool_call_id=c["id"]) for c in answer.tool_calls]
        check(telling.invoke([HumanMessage("Weather?"), answer, *results]).text, HELLO)


def schema(of, p):
    person = {"title": "person", "description": "Somebody", **PERSON}
    answer = of(structured(p)).with_structured_output(person, method="json_schema").invoke("Who?")
    check(answer, {"name": "Ada", "age": 36})


def image(of, p):
    picture = {"type": "image", "base64": PNG, "mime_type": "image/png"}
    asked = HumanMessage([{"type": "text", "text": "What?"}, picture])
    check(of(f"{p}/image").invoke([asked]).text, "A red square.")


def errors(of, p):
    vendor = anthropic if isinstance(of("x"), ChatAnthropic) else openai
    fails(lambda: of(f"{p}/error-400").invoke("Hello"), vendor.BadRequestError, 400)
    fails(lambda: of("no-such-model").invoke("Hello"), vendor.NotFoundError, 404)
    fails(lambda: of(f"{p}/error-429").invoke("Hello"), vendor.RateLimitError, 429)
    fails(lambda: of(f"{p}/error-500").invoke("Hello"), vendor.InternalServerError, 500)


claims = {
    f"claim_{kind}_{claim.__name__}": lambda p, of=of, claim=claim: claim(of, p)
    for kind, of in KINDS.items()
    for claim in (chat, stream, tools, schema, image, errors)
}
run(["openai", "anthropic", "gemini"], claims)
