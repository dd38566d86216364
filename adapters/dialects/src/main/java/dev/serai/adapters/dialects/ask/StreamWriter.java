package dev.serai.adapters.dialects.ask;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.hash.Sha256;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.ExplainingSurface.Account;
import dev.serai.core.surface.ExplainingSurface.CallFacts;
import dev.serai.core.surface.ExplainingSurface.Choice;
import dev.serai.core.surface.ExplainingSurface.Estimate;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Writes a response as lines of JSON: the plan and what happened before the first token, the text
 * in pieces, and at the end the whole text with what it cost. For one stream; not thread-safe.
 */
final class StreamWriter implements ChatEventWriter {
  private static final byte[] LINE_END = JsonWriter.ascii("\n");
  private static final int NANO_DIGITS = 9;
  private static final MathContext FOUR_DIGITS = new MathContext(4);
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final CallFacts facts;
  private final StringBuilder text = new StringBuilder();
  private boolean begun;
  private boolean cut;
  private long chunks;

  StreamWriter(CallFacts facts) {
    this.facts = facts;
  }

  @Override
  public byte[] write(ChatEvent event) {
    JsonWriter out = new JsonWriter();
    switch (event) {
      case ChatEvent.TextDelta(int choice, String piece) when choice == 0 -> chunk(piece, out);
      case ChatEvent.RefusalDelta(int choice, String piece) when choice == 0 -> chunk(piece, out);
      case ChatEvent.Ended _ -> end(out);
      case ChatEvent.Failed(GatewayProblem problem) -> abort(problem, out);
      default -> {} // the lines have no place for it
    }
    return out.bytes();
  }

  private void begin(JsonWriter out) {
    if (begun) {
      return;
    }
    begun = true;
    Choice choice = facts.choice();
    plan(choice, out);
    if (choice.assignment().filter(Assignment::challenger).isPresent()) {
      event("challenger_selected", choice.candidates().getFirst().model(), out);
    }
    facts.escalations().forEach(model -> event("escalate", model, out));
  }

  private static void event(String name, String model, JsonWriter out) {
    out.beginObject()
        .member("type", "event")
        .member("event", name)
        .member("model", model)
        .endObject()
        .raw(LINE_END);
  }

  private void plan(Choice choice, JsonWriter out) {
    out.beginObject().member("type", "plan").name("candidates").beginArray();
    for (Estimate each : choice.candidates()) {
      out.beginObject().member("model", each.model());
      number("cost_per_1k", each.usdPerThousand(), SIX_DIGITS, out);
      number("quality_pred", OptionalDouble.of(each.quality()), FOUR_DIGITS, out);
      number("latency_p95", each.p95Millis(), FOUR_DIGITS, out);
      out.endObject();
    }
    out.endArray().member("reason", choice.reason()).name("roles").beginArray();
    for (Estimate each : choice.candidates()) {
      out.beginObject().member("role", each.role()).member("model", each.model()).endObject();
    }
    out.endArray();
    choice.assignment().ifPresent(made -> made.write(out.name("experiment")));
    out.member("prompt_hash", Sha256.hex(facts.prompt())).endObject().raw(LINE_END);
  }

  private void chunk(String piece, JsonWriter out) {
    if (piece.isEmpty()) {
      return;
    }
    begin(out);
    cut = cut || !facts.hasRoom(text.length() + piece.length());
    if (!cut) {
      text.append(piece);
    }
    out.beginObject()
        .member("type", "chunk")
        .member("seq", chunks++)
        .member("text", piece)
        .member("model", facts.model())
        .endObject()
        .raw(LINE_END);
  }

  private void end(JsonWriter out) {
    begin(out);
    Account account = facts.account();
    out.beginObject()
        .member("type", "final")
        .member("text", text.toString())
        .member("model_used", facts.model());
    count("tokens_in", account.tokensIn(), out);
    count("tokens_out", account.tokensOut(), out);
    if (account.nanoUsd().isPresent()) {
      long nanos = account.nanoUsd().getAsLong();
      out.member("cost_usd", BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros());
    } else {
      out.nullMember("cost_usd");
    }
    number("savings_pct", account.savingsPercent(), FOUR_DIGITS, out);
    out.member("escalation_count", facts.escalations().size());
    number("quality_score", OptionalDouble.of(account.quality()), FOUR_DIGITS, out);
    out.member("cluster_hint", account.cluster());
    if (cut) {
      out.member("text_truncated", true);
    }
    out.endObject().raw(LINE_END);
  }

  private void abort(GatewayProblem problem, JsonWriter out) {
    begin(out);
    out.beginObject()
        .member("type", "final")
        .member("aborted", true)
        .member("error", ProblemCode.of(problem).code())
        .endObject()
        .raw(LINE_END);
  }

  private static void count(String name, OptionalLong value, JsonWriter out) {
    if (value.isPresent()) {
      out.member(name, value.getAsLong());
    } else {
      out.nullMember(name);
    }
  }

  private static void number(
      String name, OptionalDouble value, MathContext digits, JsonWriter out) {
    if (value.isPresent()) {
      out.member(name, BigDecimal.valueOf(value.getAsDouble()).round(digits).stripTrailingZeros());
    } else {
      out.nullMember(name);
    }
  }
}
