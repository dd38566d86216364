package dev.serai.adapters.dialects.openaiapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of OpenAI replies 400 to an effort that it does not have. */
class ReasoningEffortTest {
  private static final List<Dialect> BOTH = List.of(new OpenAiDialect(), new ResponsesDialect());

  private static ChatRequest claude(String members) {
    String json =
        "{'model':'m','max_tokens':9000,'messages':[{'role':'user','content':'hi'}],"
            + members
            + "}";
    return Client.ANTHROPIC.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), false);
  }

  private static Asked at(Dialect dialect, String model) {
    return Asked.of(dialect, "https://acme.test/v1", model);
  }

  private static String effort(Asked asked, ChatRequest request) {
    return asked.dialect().name().equals("openai")
        ? asked.member("reasoning_effort", request)
        : asked.member("reasoning", request);
  }

  /** Without an effort GPT-5.1 does not reason, and no model tells of its reasoning. */
  @ParameterizedTest
  @CsvSource({"gpt-5, medium", "gpt-5.2, medium", "gpt-5-pro, high", "o3, medium", "m, ''"})
  void reasoningThatTheModelDecidesAboutIsAMediumOne(String model, String expected) {
    for (Dialect dialect : BOTH) {
      Asked asked = at(dialect, model);
      ChatRequest request = claude("'thinking':{'type':'adaptive'}");
      assertThat(effort(asked, request)).contains(expected);
      assertThat(effort(asked, request).isEmpty()).isEqualTo(expected.isEmpty());
      assertThat(asked.dropped(request)).isEmpty();
    }
    Asked gpt = at(new ResponsesDialect(), "gpt-5.2");
    assertThat(gpt.member("reasoning", claude("'thinking':{'type':'adaptive'}")))
        .isEqualTo("{'effort':'medium','summary':'auto'}");
  }

  /** Claude spends fewer tokens with a low effort even if it does not think. */
  @Test
  void anEffortBesideDisabledThinkingIsReported() {
    for (String type : List.of("disabled", "between_tools")) {
      ChatRequest request =
          claude("'thinking':{'type':'" + type + "'},'output_config':{'effort':'low'}");
      for (Dialect dialect : BOTH) {
        assertThat(effort(at(dialect, "gpt-5.2"), request)).contains("none");
        assertThat(at(dialect, "gpt-5.2").dropped(request)).containsExactly("output_config.effort");
      }
      assertThat(request.outline().needs()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5, max, high",
    "gpt-5, none, minimal",
    "gpt-5-mini-2025-08-07, xhigh, high",
    "gpt-5-codex, minimal, low",
    "gpt-5-pro, low, high",
    "gpt-5.1, max, high",
    "gpt-5.1, minimal, low",
    "gpt-5.1-codex, none, low",
    "gpt-5.1-codex-mini, xhigh, high",
    "gpt-5.1-codex-max, max, xhigh",
    "gpt-5.2, max, xhigh",
    "gpt-5.2-pro, low, medium",
    "gpt-5.3-codex, none, low",
    "gpt-5.5-2026-04-01, minimal, low",
    "gpt-6-astra, none, low",
    "gpt-6.1-sol, none, low",
    "gpt-6-luna, minimal, low",
    "o3, max, high",
    "o4-mini, minimal, low",
    "openai/o1, none, low",
    "openai/gpt-oss-120b, xhigh, high"
  })
  void anEffortBecomesTheNearestThatTheModelHasAndIsReported(
      String model, String wanted, String sent) {
    ChatRequest request = claude("'output_config':{'effort':'" + wanted + "'}");
    for (Dialect dialect : BOTH) {
      Asked asked = at(dialect, model);
      assertThat(effort(asked, request)).contains("'" + sent + "'");
      assertThat(asked.dropped(request)).containsExactly("reasoning_effort");
    }
  }

  /** While they reason, these models reply 400 to any temperature but 1. */
  @ParameterizedTest
  @CsvSource({
    "gpt-5, false, false",
    "gpt-5.2, true, true",
    "gpt-5.4, false, true",
    "gpt-5.6-luna, false, true",
    "gpt-6-sol, false, true",
    "gpt-6-astra, false, false",
    "gpt-5.2-chat-latest, true, true",
    "gpt-35-turbo, true, true"
  })
  void aTemperatureIsSentToModelsThatDoNotReason(String model, boolean unset, boolean disabled) {
    String temperature = "'temperature':0.5";
    for (Dialect dialect : BOTH) {
      Asked asked = at(dialect, model);
      assertThat(asked.member("temperature", claude(temperature))).isEqualTo(unset ? "0.5" : "");
      assertThat(asked.dropped(claude(temperature)).contains("temperature")).isEqualTo(!unset);
      ChatRequest off = claude(temperature + ",'thinking':{'type':'disabled'}");
      assertThat(asked.member("temperature", off)).isEqualTo(disabled ? "0.5" : "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5, minimal",
    "gpt-5.1, none",
    "gpt-5.2, xhigh",
    "gpt-5.1-codex-max, xhigh",
    "gpt-5.6-terra, max",
    "gpt-5.2-chat-latest, medium",
    "o3, high",
    "my-deployment, max",
    "qwen-plus, minimal",
    "gpt-5, brandnew"
  })
  void anEffortThatTheModelHasAndOneOfAnUnknownModelIsUnchanged(String model, String wanted) {
    ChatRequest request = claude("'output_config':{'effort':'" + wanted + "'}");
    for (Dialect dialect : BOTH) {
      Asked asked = at(dialect, model);
      assertThat(effort(asked, request)).contains("'" + wanted + "'");
      assertThat(asked.dropped(request)).isEmpty();
    }
  }

  @Test
  void reasoningIsTurnedOffWhereTheModelCanDoSo() {
    ChatRequest off = claude("'thinking':{'type':'disabled'}");
    for (Dialect dialect : BOTH) {
      assertThat(effort(at(dialect, "gpt-5.1"), off)).contains("'none'");
      assertThat(at(dialect, "gpt-5.1").dropped(off)).isEmpty();
      assertThat(effort(at(dialect, "gpt-5"), off)).contains("'minimal'");
      assertThat(at(dialect, "gpt-5").dropped(off)).containsExactly("reasoning_effort");
      assertThat(effort(at(dialect, "o3"), off)).contains("'low'");
      assertThat(effort(at(dialect, "gpt-4.1"), off)).isEmpty();
    }
  }
}
