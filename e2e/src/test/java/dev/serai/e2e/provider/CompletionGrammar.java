package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's completions from before there were chats. */
final class CompletionGrammar implements Grammar {
  private final Grammar chat = new OpenAiGrammar();

  @Override
  public String streamType() {
    return chat.streamType();
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode reply = choice(model, said.text(), "stop");
    usage(reply, said);
    return reply.toString();
  }

  @Override
  public Events stream(String model, Said said) {
    List<String> tokens = new ArrayList<>();
    for (Said.Piece piece : said.pieces()) {
      if (piece instanceof Said.Text text) {
        tokens.add(Grammar.event(choice(model, text.text(), null)));
      }
    }
    ObjectNode usage = head(model);
    usage.putArray("choices");
    usage(usage, said);
    return new Events(
        List.of(),
        tokens,
        List.of(
            Grammar.event(choice(model, "", "stop")), Grammar.event(usage), "data: [DONE]\n\n"));
  }

  private static ObjectNode head(String model) {
    return Grammar.object()
        .put("id", "cmpl-BxQzK2uJ4vWm")
        .put("object", "text_completion")
        .put("created", 1_760_000_000)
        .put("model", model);
  }

  private static ObjectNode choice(String model, String text, String finish) {
    ObjectNode reply = head(model);
    ObjectNode choice = reply.putArray("choices").addObject().put("text", text).put("index", 0);
    choice.putNull("logprobs").put("finish_reason", finish);
    return reply;
  }

  private static void usage(ObjectNode reply, Said said) {
    reply
        .putObject("usage")
        .put("prompt_tokens", said.counts().prompt())
        .put("completion_tokens", said.counts().completion())
        .put("total_tokens", said.counts().prompt() + said.counts().completion());
  }

  @Override
  public String failure(int status, String message) {
    return chat.failure(status, message);
  }

  @Override
  public String failureEvent(String message) {
    return chat.failureEvent(message);
  }

  @Override
  public boolean hasSchema(JsonNode request) {
    return false;
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return false;
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return chat.wantsStream(request);
  }
}
