package dev.serai.adapters.dialects.contract;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays a recorded stream to a reader, cut as asked. */
public record Playback(
    Dialect dialect, ChatRequest request, Destination destination, boolean relay, byte[] wire) {
  public List<ChatEvent> whole() {
    return cut(wire.length);
  }

  /** In two pieces. */
  public List<ChatEvent> cut(int at) {
    ChatStreamDecoder reader = dialect.streamReader(request, destination, relay);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(Arrays.copyOf(wire, at), events::add);
    if (at < wire.length) {
      reader.read(Arrays.copyOfRange(wire, at, wire.length), events::add);
    }
    reader.end(events::add);
    return events;
  }

  public List<ChatEvent> byteByByte() {
    ChatStreamDecoder reader = dialect.streamReader(request, destination, relay);
    List<ChatEvent> events = new ArrayList<>();
    for (byte b : wire) {
      reader.read(new byte[] {b}, events::add);
    }
    reader.end(events::add);
    return events;
  }

  /**
   * What a relayed stream amounts to: where its bytes are divided into events is the network's
   * doing, and of several counts of usage the last one holds.
   */
  public static Relay relay(List<ChatEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> told = new ArrayList<>();
    String usage = "no usage";
    boolean token = false;
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.Relayed relayed) {
        bytes.writeBytes(relayed.bytes());
        token |= relayed.carriesToken();
      } else if (event instanceof ChatEvent.UsageReported) {
        usage = Meaning.of(event);
      } else {
        told.add(Meaning.of(event));
      }
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    return new Relay(text, token, List.copyOf(told), usage);
  }

  /** See {@link #relay}. */
  public record Relay(String bytes, boolean carriesToken, List<String> told, String usage) {}
}
