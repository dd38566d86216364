package dev.serai.adapters.dialects.contract;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What translated things mean, as lines of text that a person can check against a recording. */
final class Meaning {
  private Meaning() {}

  static String of(List<ChatEvent> events) {
    return events.stream().map(Meaning::of).collect(Collectors.joining("\n", "", "\n"));
  }

  static String of(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Relayed _ -> throw new IllegalArgumentException("relayed bytes have no words");
      case ChatEvent.Started e ->
          "started " + e.id() + " by " + e.model() + " at " + e.createdSeconds();
      case ChatEvent.TextDelta e -> "text " + e.choice() + " " + quote(e.text());
      case ChatEvent.TextCited e -> "cited " + e.choice() + " " + e.citations();
      case ChatEvent.TextDetailed e -> "details " + e.choice() + " " + e.details();
      case ChatEvent.ReasoningState e -> "reasoning state " + e.choice() + " " + e.state();
      case ChatEvent.ReasoningDelta e -> "reasoning " + e.choice() + " " + quote(e.text());
      case ChatEvent.RefusalDelta e -> "refusal " + e.choice() + " " + quote(e.text());
      case ChatEvent.ToolCallStarted e ->
          "call " + e.choice() + "." + e.index() + " " + e.id() + " " + e.name();
      case ChatEvent.ToolArgumentsDelta e ->
          "arguments " + e.choice() + "." + e.index() + " " + quote(e.fragment());
      case ChatEvent.Finished e -> "finished " + e.choice() + " " + of(e.reason());
      case ChatEvent.UsageReported e -> "usage " + of(e.usage());
      case ChatEvent.ImageGenerated e -> "picture " + e.choice() + " " + e.image().source();
      case ChatEvent.Dropped e -> "dropped " + e.name();
      case ChatEvent.Ended _ -> "ended";
      case ChatEvent.Failed e -> "failed " + of(e.problem());
    };
  }

  static String of(ChatResponse response) {
    StringBuilder text = new StringBuilder();
    text.append("answer ").append(response.id()).append(" by ").append(response.model());
    text.append(" at ").append(response.createdSeconds()).append('\n');
    for (ChatResponse.Choice choice : response.choices()) {
      String place = " " + choice.index() + " ";
      line(text, "reasoning" + place, choice.reasoning());
      line(text, "text" + place, choice.text());
      line(text, "refusal" + place, choice.refusal());
      for (Part part : choice.parts()) {
        if (part instanceof ImagePart picture) {
          text.append("picture").append(place).append(picture.source()).append('\n');
        }
      }
      for (ToolCall call : choice.toolCalls()) {
        text.append("call").append(place).append(call.id()).append(' ').append(call.name());
        text.append(' ').append(quote(call.arguments())).append('\n');
      }
      if (!choice.details().isEmpty()) {
        text.append("details").append(place).append(choice.details()).append('\n');
      }
      text.append("finished").append(place).append(of(choice.finish())).append('\n');
    }
    response.usage().ifPresent(usage -> text.append("usage ").append(of(usage)).append('\n'));
    response.dropped().forEach(name -> text.append("dropped ").append(name).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, Optional<String> said) {
    said.ifPresent(words -> text.append(what).append(quote(words)).append('\n'));
  }

  static String of(GatewayProblem problem) {
    String cause =
        problem instanceof ProviderProblem provider
            ? provider.failureCause().name()
            : "not a provider's";
    return problem.status()
        + " "
        + cause
        + " type="
        + problem.type()
        + " code="
        + problem.code()
        + problem.param().map(param -> " param=" + param).orElse("")
        + problem.retryAfter().map(Duration::toString).map(wait -> " after " + wait).orElse("")
        + " "
        + quote(problem.message());
  }

  static String of(Usage usage) {
    return "input %d (cached %d, written %d) output %d (reasoning %d)"
        .formatted(
            usage.input(), usage.cached(), usage.cacheWritten(), usage.output(), usage.reasoning());
  }

  private static String of(FinishReason reason) {
    return reason.kind() + " " + reason.raw();
  }

  private static String quote(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }
}
