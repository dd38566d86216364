package dev.serai.adapters.dialects.bedrock;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effort that models on Bedrock other than Claude receive. */
class OtherVendorsReasoningTest {
  private static final String GPT = "us.openai.gpt-5.6-terra";
  private static final String OPEN = "openai.gpt-oss-120b-1:0";
  private static final String NOVA = "us.amazon.nova-2-lite-v1:0";

  private static Asked model(String name) {
    return Asked.of(new BedrockDialect(), "https://bedrock-runtime.us-east-1.amazonaws.com", name);
  }

  private static String fields(String model, ChatRequest request) {
    return model(model).member("additionalModelRequestFields", request);
  }

  private static ChatRequest effort(String level) {
    return asking("'reasoning_effort':'" + level + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "none, none, 0",
    "minimal, low, 1",
    "low, low, 0",
    "high, high, 0",
    "xhigh, xhigh, 0"
  })
  void modelsOfOpenAiHaveTheEffortOfTheResponsesApi(String asked, String sent, int dropped) {
    assertThat(fields(GPT, effort(asked))).isEqualTo("{'reasoning':{'effort':'" + sent + "'}}");
    assertThat(model(GPT).dropped(effort(asked))).hasSize(dropped);
  }

  @ParameterizedTest
  @CsvSource({"minimal, low", "medium, medium", "xhigh, high"})
  void otherLevelsAreTheNearestOneAndReported(String asked, String sent) {
    List<String> reported = asked.equals(sent) ? List.of() : List.of("reasoning_effort");
    assertThat(fields(OPEN, effort(asked))).isEqualTo("{'reasoning_effort':'" + sent + "'}");
    assertThat(model(OPEN).dropped(effort(asked))).isEqualTo(reported);
    assertThat(fields(NOVA, effort(asked))).contains("'maxReasoningEffort':'" + sent + "'");
    assertThat(model(NOVA).dropped(effort(asked))).isEqualTo(reported);
  }

  @Test
  void aBudgetOfTokensIsTheNearestEffortAndReported() {
    ChatRequest budget =
        Client.ANTHROPIC.read(
            Pair.bytes(
                "{'model':'m','max_tokens':9000,'messages':[{'role':'user','content':'x'}],"
                    + "'thinking':{'type':'enabled','budget_tokens':2000}}"),
            false);
    assertThat(fields(GPT, budget)).isEqualTo("{'reasoning':{'effort':'low'}}");
    assertThat(fields(OPEN, budget)).isEqualTo("{'reasoning_effort':'low'}");
    assertThat(fields(NOVA, budget)).contains("'maxReasoningEffort':'low'");
    for (String name : List.of(GPT, OPEN, NOVA)) {
      assertThat(model(name).dropped(budget)).containsExactly("thinking.budget_tokens");
    }
    assertThat(fields("meta.llama3-3-70b-instruct-v1:0", budget)).isEmpty();
    assertThat(model("meta.llama3-3-70b-instruct-v1:0").dropped(budget))
        .containsExactly("thinking.budget_tokens", "reasoning_effort");
  }

  /** "Extended thinking", Amazon Nova 2 user guide. */
  @Test
  void novaTakesNeitherSamplingNorALimitWithItsHighestEffort() {
    ChatRequest hot = asking("'reasoning_effort':'high','temperature':0.5,'top_p':0.9");
    assertThat(fields(NOVA, hot)).contains("'maxReasoningEffort':'high'");
    assertThat(model(NOVA).member("inferenceConfig", hot)).isEmpty();
    assertThat(model(NOVA).dropped(hot)).containsExactly("temperature", "top_p");

    ChatRequest limited = asking("'reasoning_effort':'high','temperature':0.5,'max_tokens':900");
    assertThat(fields(NOVA, limited)).contains("'maxReasoningEffort':'medium'");
    assertThat(model(NOVA).member("inferenceConfig", limited))
        .isEqualTo("{'maxTokens':900,'temperature':0.5}");
    assertThat(model(NOVA).dropped(limited)).containsExactly("reasoning_effort");
  }

  @Test
  void whoDoesNotAskForReasoningHasNoneAndNothingIsReported() {
    for (String name : List.of(NOVA, "meta.llama3-3-70b-instruct-v1:0")) {
      assertThat(fields(name, effort("none"))).isEmpty();
      assertThat(model(name).dropped(effort("none"))).isEmpty();
    }
    for (String name : List.of(GPT, OPEN, NOVA)) {
      assertThat(fields(name, asking(""))).isEmpty();
      assertThat(model(name).dropped(asking(""))).isEmpty();
    }
  }
}
