package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.responses.EventWalk.Kind;
import dev.serai.adapters.dialects.stream.EventRelay;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Hands a stream on as it came, to a caller who speaks the same dialect. What is noted lets the
 * gateway keep the answer, and end the stream in its grammar should the provider not.
 */
final class ResponseRelay extends EventRelay {
  private final AnswerNotes notes;
  private final Destination destination;
  private final StateMakers makers;
  private final EventWalk event = new EventWalk();

  ResponseRelay(AnswerNotes notes, Destination destination, StateMakers makers) {
    super(EventReader.LINE_LIMIT);
    this.notes = notes;
    this.destination = destination;
    this.makers = makers;
  }

  @Override
  protected void look(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    event.over(data, from, to);
    if (event.kind() == Kind.FAILED) {
      throw EventReader.failure(data, from, to, destination);
    }
    if (event.kind() == Kind.LAST) {
      last(data, events);
      return;
    }
    if (event.kind() == Kind.CREATED) {
      AnswerWalk begun =
          AnswerWalk.of(data, event.responseStart(), event.responseEnd(), destination);
      notes.started(begun.id(), begun.model(), begun.createdSeconds());
      tell(new ChatEvent.Started(begun.id(), begun.model(), begun.createdSeconds()), events);
    }
    notes.passed(event.number());
    if (event.kind() == Kind.PIECE) {
      sawToken();
    }
  }

  private void last(byte[] data, Consumer<ChatEvent> events) {
    int from = event.responseStart();
    int to = event.responseEnd();
    AnswerWalk answer = AnswerWalk.of(data, from, to, destination);
    answer.made(makers, destination);
    notes.complete(Arrays.copyOfRange(data, from, to));
    sawToken();
    answer.usage().ifPresent(this::sawUsage);
    tell(new ChatEvent.Finished(0, answer.finish()), events);
    finish(events);
  }

  @Override
  protected void brokeOff(Consumer<ChatEvent> events) {
    fail(ProviderProblems.garbled(destination, "an answer that broke off"), events);
  }

  @Override
  protected GatewayProblem garbled(MalformedInput where) {
    return ProviderProblems.garbled(destination, "something that is not an answer");
  }
}
