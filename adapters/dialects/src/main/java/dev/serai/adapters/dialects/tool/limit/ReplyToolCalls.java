package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Started;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Prepares the tool calls of a reply for the client: restores the client's names of tools and keys
 * in a reply to a request that {@link FittedConversation} made, and gives an id to calls whose
 * provider sends none, or one that an earlier call of the same choice has. The names in a request
 * of the same dialect are the client's own. Stateless but for a stream: its decoder is for one
 * stream and not thread-safe.
 */
public final class ReplyToolCalls {
  private static final String CHOICES = "choices";

  private final ToolNames names;
  private final GeneratedCallIds ids;
  private final RestoredKeys keys;
  private final Map<Integer, Set<String>> used = new HashMap<>(2);

  private ReplyToolCalls(ChatRequest request, VendorLimits limits) {
    this.names =
        request.dialect().equals(limits.dialect())
            ? ToolNames.SAME
            : ToolNames.of(request.conversation(), limits.toolNames());
    this.ids = new GeneratedCallIds(request);
    this.keys = new RestoredKeys(request, limits);
  }

  /** A response with the client's names and with ids; choices without a place are reported. */
  public static ChatResponse response(
      ChatRequest request, VendorLimits limits, ChatResponse response) {
    ChatResponse prepared = prepared(request, limits, response);
    if (response.choices().size() < 2 || request.takesSeveralChoices()) {
      return prepared;
    }
    List<String> dropped = new ArrayList<>(prepared.dropped());
    dropped.add(CHOICES);
    return new ChatResponse(
        prepared.id(),
        prepared.model(),
        prepared.createdSeconds(),
        prepared.choices(),
        prepared.usage(),
        dropped);
  }

  private static ChatResponse prepared(
      ChatRequest request, VendorLimits limits, ChatResponse response) {
    boolean any = response.choices().stream().anyMatch(c -> !c.toolCalls().isEmpty());
    if (!any && !RestoredKeys.inAnswers(request, limits)) {
      return response;
    }
    ReplyToolCalls calls = new ReplyToolCalls(request, limits);
    calls.ids.ofResponse(response.id());
    return new ChatResponse(
        response.id(),
        response.model(),
        response.createdSeconds(),
        response.choices().stream().map(calls::choice).toList(),
        response.usage(),
        response.dropped());
  }

  private Choice choice(Choice choice) {
    List<Part> parts = choice.parts().stream().map(part -> part(choice.index(), part)).toList();
    return new Choice(choice.index(), parts, choice.refusal(), choice.finish(), choice.details());
  }

  private Part part(int choice, Part part) {
    if (part instanceof TextPart text) {
      String own = keys.text(text.text());
      return own.equals(text.text()) ? text : new TextPart(own, text.cache(), text.citations());
    }
    if (!(part instanceof ToolCallPart called)) {
      return part;
    }
    ToolCall call = called.call();
    String name = names.own(call.name());
    String arguments = keys.arguments(name, call.arguments());
    return new ToolCallPart(
        new ToolCall(id(choice, call.id()), name, arguments, call.state()), called.cache());
  }

  private String id(int choice, String given) {
    boolean usable = !given.isEmpty() && given(choice).add(given);
    return usable ? given : ids.next();
  }

  private Set<String> given(int choice) {
    return used.computeIfAbsent(choice, _ -> new HashSet<>());
  }

  /** A decoder that emits the client's names, and ids. */
  public static ChatStreamDecoder stream(
      ChatRequest request, VendorLimits limits, ChatStreamDecoder decoder) {
    ReplyToolCalls calls = new ReplyToolCalls(request, limits);
    return new Prepared(decoder, calls, request.takesSeveralChoices());
  }

  private ChatEvent event(ChatEvent event) {
    return switch (event) {
      case Started started -> {
        ids.ofResponse(started.id());
        yield started;
      }
      case ToolCallStarted call -> {
        String name = names.own(call.name());
        keys.begin(call.choice(), call.index(), name);
        yield new ToolCallStarted(
            call.choice(), call.index(), id(call.choice(), call.id()), name, call.state());
      }
      default -> event;
    };
  }

  private static final class Prepared implements ChatStreamDecoder {
    private final ChatStreamDecoder decoder;
    private final ReplyToolCalls calls;
    private boolean severalChoices;

    Prepared(ChatStreamDecoder decoder, ReplyToolCalls calls, boolean severalChoices) {
      this.decoder = decoder;
      this.calls = calls;
      this.severalChoices = severalChoices;
    }

    @Override
    public void read(byte[] piece, Consumer<ChatEvent> events) {
      decoder.read(piece, event -> pass(event, events));
    }

    @Override
    public boolean isWhole() {
      return decoder.isWhole();
    }

    @Override
    public boolean awaitsEnd() {
      return decoder.awaitsEnd();
    }

    @Override
    public void end(Consumer<ChatEvent> events) {
      decoder.end(event -> pass(event, events));
    }

    private void pass(ChatEvent event, Consumer<ChatEvent> events) {
      if (!severalChoices
          && event instanceof ChatEvent.Finished finished
          && finished.choice() > 0) {
        severalChoices = true;
        events.accept(new ChatEvent.Dropped(CHOICES));
      }
      calls.keys.pass(calls.event(event), events);
    }
  }
}
