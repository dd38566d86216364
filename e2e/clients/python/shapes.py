"""What the adapters' recorded answers are told as is held against the clients' own types, strictly: no client is that
strict with its server, so that what it lacks is noticed late, if at all. Streams are put together as clients do it."""

import json
import re
from pathlib import Path

from anthropic.lib.streaming._messages import accumulate_event
from anthropic.types import Message, RawMessageStreamEvent
from claims import check, run
from google.genai.types import GenerateContentResponse
from ollama import ChatResponse
from openai import omit
from openai.lib.streaming.chat._completions import ChatCompletionStreamState
from openai.lib.streaming.responses._responses import ResponseStreamState
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import ValidationError
from typing import get_args, get_origin, Annotated

RECORDED = Path(__file__).parents[3] / "adapters/dialects/src/test/resources/cassettes"
# A reason to stop that the client does not know goes out as the provider said it.
REASONS = "finish_reason", "stop_reason", "reason"


def by_type(union):
    """The class of each event, by the word in it."""
    members = get_args(union)
    members = get_args(members[0]) if get_origin(union) is Annotated else members
    return {word: kind for kind in members for word in get_args(kind.model_fields["type"].annotation)}


EVENTS = by_type(ResponseStreamEvent)
MESSAGES = by_type(RawMessageStreamEvent)


def strictly(kind, text, strict=True):
    try:
        return kind.model_validate_json(text, strict=strict)
    except ValidationError as e:
        wrong = [f"{'.'.join(map(str, x['loc']))}: {x['msg']}" for x in e.errors() if x["loc"][-1] not in REASONS]
        assert not wrong, "; ".join(wrong)
        return kind.model_construct(**json.loads(text))


def failed(text):
    told = json.loads(text)
    return "error" in told and (told.get("type", "error") == "error" and "choices" not in told)


def events(text):
    told = [line.removeprefix("data:").strip() for line in text.split("\n") if line.startswith("data:")]
    return [event for event in told if event != "[DONE]" and not failed(event)]


def openai_stream(text, together):
    state = ChatCompletionStreamState(input_tools=omit, response_format=omit)
    for event in events(text):
        state.handle_chunk(strictly(ChatCompletionChunk, event))


def responses_stream(text, together):
    state = ResponseStreamState(input_tools=omit, text_format=omit)
    told = [strictly(EVENTS[json.loads(event)["type"]], event) for event in events(text)]
    check([event.sequence_number for event in told], list(range(len(told))))
    if together and told[-1].type in ("response.completed", "response.incomplete"):
        done = [event.item for event in told if event.type == "response.output_item.done"]
        for event in told:
            state.handle_event(event)
        items = {item.id: item for item in done}
        check([items[getattr(item, "id")] for item in told[-1].response.output], told[-1].response.output)
        check(len(done), len(told[-1].response.output))


def anthropic_stream(text, together):
    message, pieces = None, {}
    for event in events(text):
        if json.loads(event)["type"] != "ping":
            told = strictly(MESSAGES[json.loads(event)["type"]], event)
            message = accumulate_event(event=told, current_snapshot=message, json_bufs=pieces)


def gemini_stream(text, together):
    for event in events(text):
        strictly(GenerateContentResponse, event, strict=False)


def ollama_stream(text, together):
    for line in text.strip().split("\n"):
        if not failed(line):
            strictly(ChatResponse, line, strict=False)


WHOLE = {
    "openai": lambda text: strictly(ChatCompletion, text),
    "responses": lambda text: strictly(Response, text),
    "anthropic": lambda text: strictly(Message, text),
    "gemini": lambda text: strictly(GenerateContentResponse, text, strict=False),
    "ollama": lambda text: strictly(ChatResponse, text, strict=False),
}
STREAM = {
    "openai": openai_stream,
    "responses": responses_stream,
    "anthropic": anthropic_stream,
    "gemini": gemini_stream,
    "ollama": ollama_stream,
}


def each(files, least, claim):
    """Every file, so that all that is wrong is told at once."""
    wrong = []
    files = sorted(files)
    for file in files:
        try:
            claim(file.read_text())
        except Exception as e:
            wrong.append(f"{file.relative_to(RECORDED)}: {type(e).__name__} {e}")
    assert len(files) >= least, f"{len(files)} recordings only"
    assert not wrong, " | ".join(wrong)


def claim_answers(surface):
    each(RECORDED.glob(f"*/answers/*.{surface}"), 0, lambda text: failed(text) or WHOLE[surface](text))


def claim_streams(surface):
    each(RECORDED.glob(f"*/streams/*.{surface}"), 0, lambda text: STREAM[surface](text, True))


def claim_conversations(surface):
    """Made-up names are x in them: they cannot be told apart."""

    def conversation(text):
        for section in re.split(r"^== ", text, flags=re.M):
            name, _, told = section.partition("\n")
            if name == "told":
                WHOLE[surface](told)
            elif name.startswith("told of"):
                STREAM[surface](told, False)

    each(RECORDED.glob(f"pairs/{surface.upper()}-to-*.txt"), 5, conversation)


run(list(WHOLE), globals())
