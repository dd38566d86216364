package dev.serai.processors.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionRequests;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which order a model gets the messages of a session. */
class RecalledMessagesTest {
  private final List<SessionMessage> stored = new ArrayList<>();
  private Optional<String> summary = Optional.empty();

  @Test
  void pinnedMessagesComeFirst() {
    store(Role.USER, Type.TEXT, "one", "", false);
    store(Role.USER, Type.TEXT, "always", "", true);
    store(Role.ASSISTANT, Type.TEXT, "two", "", false);
    assertThat(recalled()).containsExactly("user: always", "user: one", "assistant: two");
  }

  @Test
  void theSummaryComesBetweenPinnedMessagesAndTheOthers() {
    summary = Optional.of("before");
    store(Role.USER, Type.TEXT, "one", "", false);
    store(Role.USER, Type.TEXT, "always", "", true);
    assertThat(recalled()).containsExactly("user: always", "user: before", "user: one");
  }

  @Test
  void aCallOfAToolThatIsStoredTwiceIsRecalledOnce() {
    store(Role.USER, Type.TEXT, "weather?", "", false);
    store(Role.ASSISTANT, Type.TOOL_CALL, "{\"first\":1}", "call_1", false);
    store(Role.TOOL, Type.TOOL_RESULT, "rain", "call_1", false);
    store(Role.ASSISTANT, Type.TOOL_CALL, "{\"second\":2}", "call_1", false);
    store(Role.TOOL, Type.TOOL_RESULT, "sun", "call_1", false);
    assertThat(recalled())
        .containsExactly("user: weather?", "assistant: call_1 {\"first\":1}", "tool: rain");
  }

  @Test
  void aResultWithoutItsCallIsLeftOutAndSoIsACallWithoutItsResult() {
    store(Role.TOOL, Type.TOOL_RESULT, "rain", "call_1", false);
    store(Role.ASSISTANT, Type.TOOL_CALL, "{}", "call_2", false);
    store(Role.USER, Type.TEXT, "hello", "", false);
    assertThat(recalled()).containsExactly("user: hello");
  }

  @Test
  void eventsOfTheSystemAreNotForTheModel() {
    store(Role.SYSTEM, Type.SYSTEM_EVENT, "renamed", "", false);
    store(Role.USER, Type.TEXT, "hello", "", false);
    assertThat(recalled()).containsExactly("user: hello");
  }

  private void store(Role role, Type type, String text, String callId, boolean pinned) {
    int number = stored.size() + 1;
    stored.add(
        new SessionMessage(
            number,
            SessionMessage.PREFIX + number,
            Instant.EPOCH,
            new Content(role, type, text, callId, false, pinned)));
  }

  private List<String> recalled() {
    return RecalledMessages.of(callIds(), summary, stored, List.of()).messages().stream()
        .map(RecalledMessagesTest::described)
        .toList();
  }

  private static String described(Message message) {
    StringBuilder text =
        new StringBuilder(message.role().name().toLowerCase(Locale.ROOT)).append(':');
    message.parts().stream()
        .filter(TextPart.class::isInstance)
        .forEach(part -> text.append(' ').append(((TextPart) part).text()));
    message
        .toolCalls()
        .forEach(call -> text.append(' ').append(call.id()).append(' ').append(call.arguments()));
    return text.toString();
  }

  /** Reads metadata that is the ID of a call and no more. */
  private static SessionRequests callIds() {
    return (SessionRequests)
        Proxy.newProxyInstance(
            SessionRequests.class.getClassLoader(),
            new Class<?>[] {SessionRequests.class},
            (_, method, arguments) ->
                Map.of(SessionTurns.CALL_ID, arguments[0], SessionTurns.NAME, "look"));
  }
}
