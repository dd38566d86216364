package dev.serai.adapters.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of tokens at Gemini's own API and at Vertex AI. */
class TokenCountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "gemini | {'contents':[{'parts':[]}]} | {'contents':[{'parts':[]}]}",
        "gemini | {'contents':[{'parts':[]}],'systemInstruction':{'parts':[]}}"
            + " | {'generateContentRequest':{'model':'models/g','contents':[{'parts':[]}],"
            + "'systemInstruction':{'parts':[]}}}",
        "gemini |"
            + " {'generateContentRequest':{'model':'models/x/g','contents':[{'parts':[]}],'tools':[]}}"
            + " | {'generateContentRequest':{'model':'models/g','contents':[{'parts':[]}],'tools':[]}}",
        "no-call-ids | {'contents':[{'parts':[]}],'tools':[],'toolConfig':{},'safetySettings':[]}"
            + " | {'contents':[{'role':'user','parts':[]}],'tools':[]}",
      })
  void aCountIsForwardedInTheFormOfTheProvider(String quirk, String sent, String expected) {
    byte[] bytes = sent.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ChatRequest request =
        new GeminiSurface()
            .readRequest(
                new InboundRequest(
                    "POST", "/v1beta/models/x%2Fg:countTokens", "", Headers.NONE, bytes));
    GeminiDialect dialect = new GeminiDialect();
    ProviderProfile provider =
        new ProviderProfile(
            "x",
            "gemini",
            Optional.of("https://x.test"),
            Optional.empty(),
            Set.of(quirk),
            List.of());
    Destination destination = new Destination(provider, "g", Optional.empty());
    ProviderRequest written = dialect.writeRequest(request, destination);
    assertThat(written.path()).isEqualTo("/models/g:countTokens");
    assertThat(text(written.body())).isEqualTo(expected);
    byte[] reply = "{\"totalTokens\":7}".getBytes(StandardCharsets.UTF_8);
    assertThat(dialect.readUsage(reply, destination)).contains(Usage.of(0, 0));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).replace('"', '\'');
  }
}
