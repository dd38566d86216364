package dev.serai.adapters.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;

/** Where instructions in mid-conversation go. */
class SystemTurnsTest {
  private static final String TALK =
      "{'role':'system','content':'s1'},{'role':'user','content':'u1'},"
          + "{'role':'assistant','content':'a1'},{'role':'developer','content':'s2'},"
          + "{'role':'user','content':'u2'},{'role':'system','content':'s3'}";

  private static Asked asked(Dialect dialect, String model, String... quirks) {
    return Asked.of(dialect, "https://acme.test", model, quirks);
  }

  private static String turn(String role, String... texts) {
    StringBuilder blocks = new StringBuilder();
    for (String text : texts) {
      blocks.append(blocks.isEmpty() ? "" : ",").append("{'type':'text','text':'" + text + "'}");
    }
    return "{'role':'" + role + "','content':[" + blocks + "]}";
  }

  private static String system(String... texts) {
    return turn("x", texts).replace("{'role':'x','content':", "").replaceAll("}$", "");
  }

  @Test
  void aNewClaudeHearsThemAfterTheNextTurnOfTheUser() {
    Asked claude = asked(new AnthropicDialect(), "claude-opus-4-8");
    ChatRequest request = Asked.saying(TALK, "");
    assertThat(claude.member("system", request)).isEqualTo(system("s1"));
    assertThat(claude.member("messages", request))
        .isEqualTo(
            "["
                + String.join(
                    ",",
                    turn("user", "u1"),
                    turn("assistant", "a1"),
                    turn("user", "u2"),
                    turn("system", "s2", "s3"))
                + "]");
  }

  @Test
  void andBeforeTheNextTurnOfTheAssistant() {
    ChatRequest request =
        Asked.saying(
            "{'role':'user','content':'u1'},{'role':'system','content':'s1'},"
                + "{'role':'assistant','content':'a1'},{'role':'user','content':'u2'}",
            "");
    Asked claude = asked(new AnthropicDialect(), "claude-sonnet-5");
    assertThat(claude.member("system", request)).isEmpty();
    assertThat(claude.member("messages", request))
        .isEqualTo(
            "["
                + String.join(
                    ",",
                    turn("user", "u1"),
                    turn("system", "s1"),
                    turn("assistant", "a1"),
                    turn("user", "u2"))
                + "]");
  }

  @Test
  void othersHearThemFirst() {
    ChatRequest request = Asked.saying(TALK, "");
    for (Asked claude :
        new Asked[] {
          asked(new AnthropicDialect(), "claude-opus-4-7"),
          asked(new AnthropicDialect(), "claude-opus-4-8", "no-system-turns"),
          asked(new AnthropicDialect(), "another-model")
        }) {
      assertThat(claude.member("system", request)).isEqualTo(system("s1", "s2", "s3"));
      assertThat(claude.member("messages", request)).doesNotContain("'system'");
    }
    Asked bedrock = asked(new BedrockDialect(), "anthropic.claude-opus-4-8-v1:0");
    assertThat(bedrock.member("system", request)).contains("s1", "s2", "s3");
  }

  @Test
  void theModelDoesNotContinueTheAssistantsMessageBeforeALastInstruction() {
    ChatRequest request =
        Asked.saying(
            "{'role':'user','content':'u1'},{'role':'assistant','content':'a1'},"
                + "{'role':'system','content':'Now in French.'}",
            "");
    for (String model : new String[] {"claude-opus-4-8", "claude-sonnet-4-5"}) {
      Asked claude = asked(new AnthropicDialect(), model);
      assertThat(claude.member("system", request)).isEmpty();
      assertThat(claude.member("messages", request))
          .endsWith(turn("assistant", "a1") + "," + turn("user", "Now in French.") + "]");
    }
  }
}
