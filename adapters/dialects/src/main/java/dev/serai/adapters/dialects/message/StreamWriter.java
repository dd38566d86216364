package dev.serai.adapters.dialects.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.util.regex.Pattern;

/**
 * Writes a response as server-sent events: pieces of its text as they are, and {@code [DONE]} at
 * the end; a failure is an object with the member {@code error}, and the last event. A line break
 * in a piece begins another line of data, as the grammar has it. A piece that may be taken for the
 * end or for a failure is sent in several. For one stream; not thread-safe.
 */
final class StreamWriter implements ChatEventWriter {
  private static final Pattern LINE = Pattern.compile("\r\n|\r|\n");
  private static final String DONE = "[DONE]";

  @Override
  public byte[] write(ChatEvent event) {
    JsonWriter out = new JsonWriter();
    switch (event) {
      case ChatEvent.TextDelta(int choice, String piece) when choice == 0 -> write(piece, out);
      case ChatEvent.RefusalDelta(int choice, String piece) when choice == 0 -> write(piece, out);
      case ChatEvent.Ended _ -> out.raw(ServerSentEvents.done());
      case ChatEvent.Failed failed ->
          ServerSentEvents.end(
              ServerSentEvents.begin(out)
                  .raw(ErrorBody.of(failed.problem().message(), StreamWriter::failure)));
      default -> {} // the stream has no place for it
    }
    return out.bytes();
  }

  private static byte[] failure(String message) {
    return new JsonWriter().beginObject().member("error", message).endObject().bytes();
  }

  private static void write(String piece, JsonWriter out) {
    String rest = piece;
    while (rest.equals(DONE) || rest.length() > 1 && rest.startsWith("{")) {
      event(rest.substring(0, 1), out);
      rest = rest.substring(1);
    }
    if (!rest.isEmpty()) {
      event(rest, out);
    }
  }

  private static void event(String text, JsonWriter out) {
    String data = LINE.matcher(text).replaceAll("\ndata: ");
    ServerSentEvents.end(ServerSentEvents.begin(out).raw(data.getBytes(UTF_8)));
  }
}
