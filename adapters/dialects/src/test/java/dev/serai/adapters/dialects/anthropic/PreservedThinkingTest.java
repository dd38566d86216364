package dev.serai.adapters.dialects.anthropic;

import static dev.serai.adapters.dialects.translation.Asked.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client of another dialect may change what was said before some thinking, such as the system
 * message. Models that bind thinking to it leave the thinking out instead of rejecting the request
 * ("Preserved thinking", platform.claude.com/docs).
 */
class PreservedThinkingTest {
  private static final String BETA = "thinking-binding-controls-2026-08-01";
  private static final String BINDING = "'block_binding':{'prefix_mismatch_behavior':'drop_block'}";

  private static Asked model(String name) {
    return Asked.of(new AnthropicDialect(), "https://api.anthropic.com", name);
  }

  private static ChatRequest returning(String provider, String members) {
    String signature =
        OpaqueStateCodec.encode(new OpaqueState("anthropic", provider, "signature", "SIG"));
    return saying(
        "{'role':'user','content':'a'},{'role':'assistant','content':'b','reasoning_details':["
            + "{'type':'reasoning.text','text':'hm','signature':'"
            + signature
            + "'}]},{'role':'user','content':'c'}",
        members);
  }

  private static List<String> betas(Asked asked, ChatRequest request) {
    return asked.write(request).headers().first("anthropic-beta").stream().toList();
  }

  @Test
  void returnedThinkingThatIsBoundIsLeftOutIfItDoesNotMatch() {
    for (String name : new String[] {"claude-opus-5-5", "claude-fable-5-1", "claude-haiku-5-5"}) {
      ChatRequest request = returning("acme", "");
      assertThat(model(name).member("thinking", request))
          .isEqualTo("{'type':'adaptive'," + BINDING + "}");
      assertThat(betas(model(name), request)).containsExactly(BETA);
      assertThat(model(name).member("thinking", returning("acme", "'reasoning_effort':'low'")))
          .isEqualTo("{'type':'adaptive','display':'summarized'," + BINDING + "}");
    }
  }

  @Test
  void otherRequestsDoNotSayWhatIsToBeDone() {
    for (Asked asked : List.of(model("claude-opus-5"), model("claude-sonnet-4-5"))) {
      assertThat(asked.member("thinking", returning("acme", ""))).isEmpty();
      assertThat(betas(asked, returning("acme", ""))).isEmpty();
    }
    assertThat(model("claude-opus-5-5").member("thinking", returning("other", ""))).isEmpty();
    assertThat(betas(model("claude-opus-5-5"), returning("other", ""))).isEmpty();
    assertThat(model("claude-opus-5-5").member("thinking", Asked.asking(""))).isEmpty();
  }
}
