package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.surface.Surface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.ReplyFields;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Writes the response in the bytes of the surface that the call came through; a long one off the
 * event loop. Thread-safe.
 */
public final class WriteChatReply extends OffLoop {
  private static final String JSON = "application/json";

  public WriteChatReply(EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return !(exchange.getMessage().getBody() instanceof ChatReply.Complete)
        || isShort(Calls.receivedBytes(exchange));
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    exchange.getMessage().setBody(reply(call, Calls.body(exchange, ChatReply.class)));
  }

  private static Reply reply(Call call, ChatReply reply) {
    return switch (reply) {
      case ChatReply.Relayed relayed -> {
        call.surface().recordRelayed(call.askedChat(), relayed.bytes());
        yield whole(call, relayed.bytes());
      }
      case ChatReply.Complete complete -> {
        noteImages(call, complete.response());
        yield whole(call, call.surface().writeResponse(call.askedChat(), complete.response()));
      }
      case ChatReply.Streaming streaming -> streamed(call, streaming.stream());
    };
  }

  /** Reports the images of a response that the surface cannot express as dropped. */
  public static void noteImages(Call call, ChatResponse response) {
    for (ChatResponse.Choice choice : response.choices()) {
      for (Part part : choice.parts()) {
        if (part instanceof ImagePart image) {
          noteImage(call, image);
        }
      }
    }
  }

  /** Reports an image that the surface cannot express as dropped. */
  static void noteImage(Call call, ImagePart image) {
    if (!call.surface().canWriteImage(call.askedChat(), image)) {
      call.observe(new ChatEvent.Dropped("message.images"));
    }
  }

  private static Reply streamed(Call call, ChatStream stream) {
    Surface surface = call.surface();
    call.markStreaming();
    return new Reply.Streaming(
        200,
        headers(call, surface.streamContentType(call.askedChat())),
        new SurfaceStream(call, stream, surface.streamWriter(call.askedChat())));
  }

  private static Reply whole(Call call, byte[] body) {
    call.end(Outcome.ANSWERED, Optional.empty());
    return new Reply.Complete(200, headers(call, JSON), body);
  }

  private static HeaderFields headers(Call call, String contentType) {
    HeaderFields headers = call.surface().headers(call.requestId());
    return ReplyFields.add(headers.add("content-type", contentType), call);
  }
}
