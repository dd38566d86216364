package dev.serai.adapters.dialects.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Google names as invalid reaches the client, at its own API and at the one like OpenAI's. */
class FieldViolationsTest {
  private static final List<Dialect> DIALECTS = List.of(new GeminiDialect(), new OpenAiDialect());

  private static ProviderProblem read(Dialect dialect, String message, String details) {
    String body =
        "{'error':{'code':400,'message':'%s','status':'INVALID_ARGUMENT','details':[%s]}}"
            .formatted(message, details);
    return dialect.readError(
        400, Headers.NONE, body.replace('\'', '"').getBytes(UTF_8), Pair.target(dialect, "acme"));
  }

  private static String violations(String... each) {
    return "{'@type':'type.googleapis.com/google.rpc.BadRequest','fieldViolations':["
        + String.join(",", each)
        + "]}";
  }

  @Test
  void theInvalidFieldsFollowTheMessage() {
    String details =
        violations(
            "{'field':'generation_config.top_k','description':'must be below 41'}",
            "{'description':'no contents'}",
            "{'field':'tools'}",
            "7");
    for (Dialect dialect : DIALECTS) {
      ProviderProblem problem = read(dialect, "Request contains an invalid argument.", details);
      assertThat(problem.failureCause()).isEqualTo(FailureCause.REFUSED);
      assertThat(problem.getMessage())
          .isEqualTo(
              "Request contains an invalid argument. generation_config.top_k: must be below 41"
                  + " no contents");
    }
  }

  @Test
  void aMessageThatSaysItIsNotRepeated() {
    String details = violations("{'field':'a','description':'Cannot find field.'}");
    for (Dialect dialect : DIALECTS) {
      assertThat(read(dialect, "Unknown name: Cannot find field.", details).getMessage())
          .isEqualTo("Unknown name: Cannot find field.");
    }
  }

  @Test
  void theyAreBoundedAndShowNoHost() {
    String[] many = new String[40];
    for (int i = 0; i < many.length; i++) {
      many[i] = "{'field':'f%d','description':'%s'}".formatted(i, "x" + i + "y".repeat(900));
    }
    String host = violations("{'field':'a','description':'see http://10.0.0.7/inner'}");
    for (Dialect dialect : DIALECTS) {
      assertThat(read(dialect, "No.", violations(many)).getMessage().length()).isLessThan(510);
      assertThat(read(dialect, "No.", host).getMessage()).isEqualTo("No. a: see [removed]");
    }
  }

  @Test
  void detailsOfAnotherKindAddNothing() {
    for (Dialect dialect : DIALECTS) {
      for (String details :
          List.of(
              "", "{'reason':'X'}", "{'fieldViolations':'x'}", "7", "{'fieldViolations':[[]]}")) {
        assertThat(read(dialect, "No.", details).getMessage()).isEqualTo("No.");
      }
    }
  }
}
