package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.Usage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenRouter reports what a response cost, in US dollars. */
class ReportedCostTest {
  private static final Asked OPENROUTER =
      Asked.of(new OpenAiDialect(), "https://acme.test/v1", "m");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          0.00014          | 140000
          0                | 0
          1.2e-7           | 120
          2.4E-10          | 0
          0.0000000015     | 2
          -0.1             | -
          null             | -
          "0.1"            | -
          {"total":1}      | -
          1e9999           | -
          1e-9999          | -
          123456789        | -
          """)
  void theCostIsReadFromUsage(String cost, Long nanoUsd) {
    Usage usage = usage("\"cost\":" + cost);
    assertThat(usage.input()).isEqualTo(5);
    assertThat(usage.output()).isEqualTo(1);
    if (nanoUsd == null) {
      assertThat(usage.reportedNanoUsd()).isEmpty();
    } else {
      assertThat(usage.reportedNanoUsd()).hasValue(nanoUsd);
    }
  }

  /** "Usage accounting: Cost breakdown" (openrouter.ai/docs). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "is_byok":true,"cost_details":{"upstream_inference_cost":0.001}   | 1000500
          "is_byok":true,"cost_details":{"upstream_inference_cost":null}    | 500
          "is_byok":true                                                    | 500
          "is_byok":false,"cost_details":{"upstream_inference_cost":0.0001} | 500
          "cost_details":{"upstream_inference_cost":0.0001}                 | 500
          """)
  void aCallWithAnOwnKeyCostsWhatItsVendorChargesToo(String members, long nanoUsd) {
    assertThat(usage("\"cost\":0.0000005," + members).reportedNanoUsd()).hasValue(nanoUsd);
  }

  private static Usage usage(String cost) {
    String body =
        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
            + cost
            + ",\"completion_tokens\":1}}";
    return OPENROUTER
        .dialect()
        .readUsage(body.getBytes(UTF_8), OPENROUTER.destination())
        .orElseThrow();
  }
}
