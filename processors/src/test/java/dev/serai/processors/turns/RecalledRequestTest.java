package dev.serai.processors.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.CallFixtures;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a request with the messages of a session takes from the client's request. */
class RecalledRequestTest {
  /** What differs with a session, or is the same for every call that can have one. */
  private static final Set<String> OWN =
      Set.of(
          "operation",
          "dialect",
          "digest",
          "outline",
          "cacheMode",
          "isTokenCount",
          "repeatable",
          "isSpent");

  private final Set<String> read = new HashSet<>();

  @Test
  void everythingElseThatTheClientAsksForIsPassedOn() throws Exception {
    RecalledRequest recalled = recalling(noting());
    for (Method question : ChatRequest.class.getMethods()) {
      if (question.getParameterCount() == 0 && !OWN.contains(question.getName())) {
        question.invoke(recalled);
        assertThat(read).contains(question.getName());
      }
    }
  }

  @Test
  void theMembersThatNameTheSessionAreNotForAProvider() {
    Conversation asked =
        new Conversation(
            List.of(),
            List.of(),
            new Conversation.ToolChoice.Unset(Optional.empty()),
            new Conversation.ResponseFormat.Unset(),
            Conversation.Sampling.UNSET,
            Map.of("session_id", "1", "conversation_id", "2", "conversation", "3", "own", "4"));
    ChatRequest request =
        proxy(
            ChatRequest.class,
            method ->
                method.getName().equals("conversation")
                    ? asked
                    : method.invoke(new CallFixtures.Request("m")));
    assertThat(recalling(request).conversation().unknown()).containsOnlyKeys("own");
  }

  private static RecalledRequest recalling(ChatRequest request) {
    return new RecalledRequest(
        request,
        new RecalledRequest.Place(
            new SessionStore.Key("t", "s"), false, 0, "msg_1", InstantSource.system()),
        RecalledMessages.of(noRequests(), Optional.empty(), List.of(), List.of()),
        0);
  }

  /** A request that notes what it is asked. */
  private ChatRequest noting() {
    CallFixtures.Request request = new CallFixtures.Request("m");
    return proxy(
        ChatRequest.class,
        method -> {
          read.add(method.getName());
          return method.invoke(request);
        });
  }

  private static SessionRequests noRequests() {
    return proxy(
        SessionRequests.class,
        method -> {
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private interface Answers {
    Object to(Method method) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.to(method)));
  }
}
