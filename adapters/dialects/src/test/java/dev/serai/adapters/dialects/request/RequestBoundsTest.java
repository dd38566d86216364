package dev.serai.adapters.dialects.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.request.ResponseBounds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestBoundsTest {
  private static ResponseBounds bounds(String json) {
    return RequestBounds.of(JsonMembers.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theLargestLimitCounts() {
    assertThat(bounds("{\"max_tokens\":7,\"max_completion_tokens\":5}").maxTokens()).hasValue(7);
    assertThat(bounds("{\"max_tokens\":null,\"max_output_tokens\":5}").maxTokens()).hasValue(5);
    assertThat(bounds("{}").maxTokens()).isEmpty();
  }

  @Test
  void aLimitThatIsNotAPositiveNumberIsNone() {
    for (String limit : new String[] {"0", "-1", "1e99", "9223372036854775807", "\"5\"", "[5]"}) {
      assertThat(bounds("{\"max_tokens\":" + limit + "}").maxTokens()).as(limit).isEmpty();
      assertThat(bounds("{\"max_completion_tokens\":5,\"max_tokens\":" + limit + "}").maxTokens())
          .as(limit)
          .isEmpty();
    }
  }

  @Test
  void choicesAndResponsesToChooseFromCount() {
    assertThat(bounds("{\"n\":3}").choices()).isEqualTo(3);
    assertThat(bounds("{\"n\":3,\"best_of\":20}").choices()).isEqualTo(20);
    assertThat(bounds("{\"service_tier\":\"flex\"}").choices()).isEqualTo(1);
    assertThat(bounds("{\"service_tier\":\"flex\"}").tier()).isEqualTo("flex");
  }
}
