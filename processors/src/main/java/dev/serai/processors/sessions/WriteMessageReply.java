package dev.serai.processors.sessions;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.session.OpenTurn;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.processors.chat.SurfaceStream;
import dev.serai.processors.chat.WriteChatReply;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Writes the response to a message as the message of a session that it becomes, or as a stream of
 * text. A header field names the session. Thread-safe.
 */
final class WriteMessageReply implements Processor {
  private static final String SESSION = "x-serai-session";

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (!(call.request() instanceof OpenTurn turn)) {
      throw new IllegalStateException("no session yet: recall-memory comes first");
    }
    Reply reply =
        switch (Calls.body(exchange, ChatReply.class)) {
          case ChatReply.Complete complete -> whole(call, turn, complete.response());
          case ChatReply.Streaming streaming -> streamed(call, turn, streaming);
          case ChatReply.Relayed _ ->
              throw new IllegalStateException("a response with a session is always translated");
        };
    exchange.getMessage().setBody(reply);
  }

  private static Reply whole(Call call, OpenTurn turn, ChatResponse response) {
    WriteChatReply.noteImages(call, response);
    String text =
        response.choices().stream()
            .findFirst()
            .flatMap(choice -> choice.text().or(choice::refusalText))
            .orElse("");
    SessionMessage said =
        new SessionMessage(
            0,
            text.isBlank() ? "" : turn.responseId(), // a blank one is not stored
            turn.ended(),
            new SessionMessage.Content(
                SessionMessage.Role.ASSISTANT,
                SessionMessage.Type.TEXT,
                text,
                SessionFacts.EMPTY,
                false,
                false));
    JsonWriter json = new JsonWriter();
    SessionForm.message(json, turn.session().id(), said);
    call.end(Outcome.ANSWERED, Optional.empty());
    return new Reply.Complete(200, headers(call, turn, "application/json"), json.bytes());
  }

  private static Reply streamed(Call call, OpenTurn turn, ChatReply.Streaming streaming) {
    call.markStreaming();
    return new Reply.Streaming(
        200,
        headers(call, turn, call.surface().streamContentType(call.askedChat())),
        new SurfaceStream(call, streaming.stream(), call.surface().streamWriter(call.askedChat())));
  }

  private static HeaderFields headers(Call call, OpenTurn turn, String contentType) {
    HeaderFields headers =
        call.surface()
            .headers(call.requestId())
            .add("content-type", contentType)
            .add(SESSION, turn.session().id());
    return ReplyFields.add(headers, call);
  }
}
