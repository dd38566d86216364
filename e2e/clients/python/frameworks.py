"""LlamaIndex and LiteLLM as clients, with nothing but their base URL set."""

import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import json

import litellm
import openai
from claims import CALLS, HELLO, URL, check, fails, get_time, get_weather, run
from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai_like import OpenAILike

HI = [{"role": "user", "content": "Hello"}]
FUNCTIONS = [
    {"type": "function", "function": {"name": name, "description": name, "parameters": {"type": "object", "properties": {}}}}
    for name in ("get_weather", "get_time")
]
# How LiteLLM names what it speaks, and where it looks for it.
SPOKEN = {"openai": "/v1", "anthropic": "", "ollama_chat": "", "gemini": "/v1beta"}


def llama(model):
    return OpenAILike(
        model=model,
        api_base=URL + "/v1",
        api_key="a-caller",
        is_chat_model=True,
        is_function_calling_model=True,
        max_retries=0,
        timeout=10,
    )


def claim_llama_index_chat(p):
    answer = llama(f"{p}/text").chat([ChatMessage("Hello")])
    check(answer.message.content, HELLO)
    check(answer.raw.usage.total_tokens, 18)


def claim_llama_index_stream(p):
    check("".join(part.delta or "" for part in llama(f"{p}/text").stream_chat([ChatMessage("Hello")])), HELLO)


def claim_llama_index_tools(p):
    tools = [FunctionTool.from_defaults(get_weather), FunctionTool.from_defaults(get_time)]
    asking = llama(f"{p}/tools-parallel")
    answer = asking.chat_with_tools(tools, "Weather?", allow_parallel_tool_calls=True)
    calls = asking.get_tool_calls_from_response(answer)
    check([(c.tool_name, c.tool_kwargs) for c in calls], CALLS)
    results = [
        ChatMessage(role="tool", content="blue", additional_kwargs={"tool_call_id": c.tool_id}) for c in calls
    ]
    told = llama(f"{p}/text").chat([ChatMessage("Weather?"), answer.message, *results])
    check(told.message.content, HELLO)


def claim_llama_index_errors(p):
    fails(lambda: llama(f"{p}/error-400").chat([ChatMessage("Hello")]), openai.BadRequestError, 400)
    fails(lambda: llama("no-such-model").chat([ChatMessage("Hello")]), openai.NotFoundError, 404)
    fails(lambda: llama(f"{p}/error-429").chat([ChatMessage("Hello")]), openai.RateLimitError, 429)


def lite(spoken, model, **more):
    return litellm.completion(
        model=f"{spoken}/{model}",
        api_base=URL + SPOKEN[spoken],
        api_key="a-caller",
        num_retries=0,
        timeout=10,
        **{"messages": HI, **more},
    )


def chat(spoken, p):
    answer = lite(spoken, f"{p}/text")
    check(answer.choices[0].message.content, HELLO)
    check((answer.usage.prompt_tokens, answer.usage.completion_tokens), (11, 7))


def stream(spoken, p):
    text = "".join(chunk.choices[0].delta.content or "" for chunk in lite(spoken, f"{p}/text", stream=True))
    check(text, HELLO)


def tools(spoken, p):
    message = lite(spoken, f"{p}/tools-parallel", tools=FUNCTIONS).choices[0].message
    check([(c.function.name, json.loads(c.function.arguments)) for c in message.tool_calls], CALLS)
    results = [{"role": "tool", "tool_call_id": c.id, "content": "blue"} for c in message.tool_calls]
    told = lite(spoken, f"{p}/text", tools=FUNCTIONS, messages=[*HI, message, *results])
    check(told.choices[0].message.content, HELLO)


def errors(spoken, p):
    fails(lambda: lite(spoken, f"{p}/error-400"), litellm.BadRequestError, 400)
    fails(lambda: lite(spoken, f"{p}/error-429"), litellm.RateLimitError, 429)
    fails(lambda: lite(spoken, f"{p}/error-500"), litellm.InternalServerError, 500)


lites = {
    f"claim_litellm_{spoken}_{claim.__name__}": lambda p, spoken=spoken, claim=claim: claim(spoken, p)
    for spoken in SPOKEN
    for claim in (chat, stream, tools, errors)
}
run(["openai", "anthropic", "gemini"], {**globals(), **lites})
