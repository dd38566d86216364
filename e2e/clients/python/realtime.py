"""OpenAI's client speaking realtime over a WebSocket."""

import openai
from claims import URL, check, run

client = openai.OpenAI(api_key="a-caller", base_url=URL + "/v1", max_retries=0, timeout=10)


def claim_session(p):
    with client.realtime.connect(model=f"{p}/talks") as session:
        check(session.recv().type, "session.created")
        session.session.update(session={"type": "realtime", "output_modalities": ["text"]})
        session.response.create()
        text, audio = "", 0
        for event in session:
            if event.type == "response.output_text.delta":
                text += event.delta
            elif event.type == "response.output_audio.delta":
                audio += 1
            elif event.type == "response.done":
                check((event.response.usage.input_tokens, event.response.usage.output_tokens), (100, 50))
                break
        check((text[-5:], audio), ("Hello", 3))


def claim_refusal(p):
    try:
        with client.realtime.connect(model=f"{p}/missing"):
            raise AssertionError("no refusal")
    except Exception as e:
        assert "404" in str(e), str(e)


run(["openai"], globals())
