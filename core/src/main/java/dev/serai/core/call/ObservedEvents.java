package dev.serai.core.call;

import dev.serai.core.chat.ChatEvent;
import java.util.List;
import java.util.Optional;

/** Records the events of a streamed response in its call. Stateless. */
final class ObservedEvents {
  private ObservedEvents() {}

  /** Records one event in a call that has not ended. */
  static void record(ChatEvent event, Call call) {
    if (event.carriesToken()) {
      call.recordToken();
    }
    switch (event) {
      case ChatEvent.Started started -> call.current().recordResponseModel(started.model());
      case ChatEvent.UsageReported reported -> call.current().recordUsage(reported.usage());
      case ChatEvent.Finished finished -> call.current().recordFinish(finished.reason());
      case ChatEvent.Dropped dropped -> call.current().addDropped(List.of(dropped.name()));
      case ChatEvent.Ended _ -> call.end(Call.Outcome.ANSWERED, Optional.empty());
      case ChatEvent.Failed failed -> {
        call.failAttempt(failed.problem());
        call.end(Call.Outcome.FAILED, Optional.of(failed.problem()));
      }
      default -> {}
    }
  }
}
