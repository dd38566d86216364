package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.request.ChatRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Restores the caller's keys in the arguments of calls, and in an answer that the model gave by a
 * call. For one reply; not thread-safe.
 */
final class RestoredKeys {
  /** The index of the text of a choice. */
  private static final int TEXT = -1;

  private record Place(int choice, int index) {}

  private final ChatRequest request;
  private final VendorLimits limits;
  private final Map<String, String> answer;
  private final Map<Place, KeyRewriter> rewriters = new LinkedHashMap<>(0);
  private ToolKeys tools = ToolKeys.SAME;
  private boolean read;

  RestoredKeys(ChatRequest request, VendorLimits limits) {
    this.request = request;
    this.limits = limits;
    this.read = request.dialect().equals(limits.dialect()) || limits.propertyKeys().isEmpty();
    this.answer =
        inAnswers(request, limits)
                && request.conversation().responseFormat() instanceof ResponseFormat.JsonSchema form
            ? PropertyKeys.of(form.schemaJson(), limits.propertyKeys().get()).own()
            : Map.of();
  }

  /** Whether an answer by a schema may have other keys. */
  static boolean inAnswers(ChatRequest request, VendorLimits limits) {
    return limits.propertyKeys().isPresent()
        && !request.dialect().equals(limits.dialect())
        && request.conversation().responseFormat() instanceof ResponseFormat.JsonSchema;
  }

  /** The caller's keys of a tool by the vendor's; only a reply with a call needs them. */
  private Map<String, String> own(String tool) {
    if (!read) {
      tools = ToolKeys.of(request.conversation(), limits);
      read = true;
    }
    return tools.of(tool).own();
  }

  /** The whole arguments of a call. */
  String arguments(String tool, String json) {
    Map<String, String> own = own(tool);
    return own.isEmpty() ? json : KeyRewriter.whole(json, own);
  }

  /** A whole text of the response. */
  String text(String text) {
    return answer.isEmpty() ? text : KeyRewriter.whole(text, answer);
  }

  /** A call begins in a stream. */
  void begin(int choice, int index, String tool) {
    Map<String, String> own = own(tool);
    if (!own.isEmpty()) {
      rewriters.put(new Place(choice, index), new KeyRewriter(own));
    }
  }

  /** Passes an event of a stream on. */
  void pass(ChatEvent event, Consumer<ChatEvent> events) {
    switch (event) {
      case TextDelta text when !answer.isEmpty() -> {
        Place place = new Place(text.choice(), TEXT);
        KeyRewriter rewriter = rewriters.computeIfAbsent(place, _ -> new KeyRewriter(answer));
        emit(place, rewriter.add(text.text()), events);
      }
      case ToolArgumentsDelta piece when !rewriters.isEmpty() -> {
        Place place = new Place(piece.choice(), piece.index());
        KeyRewriter rewriter = rewriters.get(place);
        if (rewriter == null) {
          events.accept(piece);
        } else {
          emit(place, rewriter.add(piece.fragment()), events);
        }
      }
      case Finished finished when !rewriters.isEmpty() -> {
        end(finished.choice(), events);
        events.accept(finished);
      }
      default -> events.accept(event);
    }
  }

  private void end(int choice, Consumer<ChatEvent> events) {
    Iterator<Map.Entry<Place, KeyRewriter>> each = rewriters.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Place, KeyRewriter> one = each.next();
      if (one.getKey().choice() == choice) {
        emit(one.getKey(), one.getValue().rest(), events);
        each.remove();
      }
    }
  }

  private static void emit(Place place, String text, Consumer<ChatEvent> events) {
    if (!text.isEmpty()) {
      events.accept(
          place.index() == TEXT
              ? new TextDelta(place.choice(), text)
              : new ToolArgumentsDelta(place.choice(), place.index(), text));
    }
  }
}
