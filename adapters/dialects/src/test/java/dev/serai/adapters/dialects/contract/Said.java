package dev.serai.adapters.dialects.contract;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;

/** What a stream said, to be asked about. */
public record Said(List<ChatEvent> events) {
  public <T> List<T> all(Class<T> type) {
    List<T> found = new ArrayList<>();
    for (ChatEvent event : events) {
      if (type.isInstance(event)) {
        found.add(type.cast(event));
      }
    }
    return found;
  }

  /** The arguments of one tool call, put together. */
  public String arguments(int index) {
    StringBuilder text = new StringBuilder();
    for (ToolArgumentsDelta delta : all(ToolArgumentsDelta.class)) {
      text.append(delta.index() == index ? delta.fragment() : "");
    }
    return text.toString();
  }

  public FinishReason finish() {
    return all(Finished.class).getLast().reason();
  }

  /** Why it failed, which it must have done. */
  public ProviderProblem problem() {
    return (ProviderProblem) ((Failed) events.getLast()).problem();
  }
}
