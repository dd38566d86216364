package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files of text under other types than {@code text/}, and images that a provider does not take. */
class TextFilesTest {
  private static String file(String type, String data) {
    return "'messages':[{'role':'user','content':[{'type':'text','text':'see'},{'type':'file',"
        + "'file':{'filename':'a.x','file_data':'data:"
        + type
        + ";base64,"
        + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8))
        + "'}}]}]";
  }

  @TestFactory
  Stream<DynamicTest> jsonAndItsKinAreText() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() == Client.OPENAI)
            .filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock", "ollama"))),
        pair -> {
          for (String type : Set.of("application/json", "application/ld+json", "application/xml")) {
            String sent = pair.sent(pair.client().ask(file(type, "secret words"), false));
            assertThat(sent)
                .as(type)
                .containsPattern(
                    "secret words|'format':'txt'|"
                        + Base64.getEncoder()
                            .encodeToString("secret words".getBytes(StandardCharsets.UTF_8)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anImageOfATypeThatClaudeDoesNotTakeIsRefused() {
    String image =
        "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':"
            + "'data:image/tiff;base64,SUkqAA=='}}]}]";
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() == Client.OPENAI)
            .filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock"))),
        pair ->
            assertThatThrownBy(() -> pair.sent(pair.client().ask(image, false)))
                .isInstanceOf(CallerProblem.class)
                .hasMessageContaining("images of"));
  }
}
