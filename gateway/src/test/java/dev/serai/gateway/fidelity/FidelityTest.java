package dev.serai.gateway.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a request between every surface and every kind of provider: nothing is lost
 * without a word. The table in docs/fidelity.md is made here; {@code -Dserai.write=true} writes it.
 */
class FidelityTest {
  private static final Path PAGE =
      Path.of(System.getProperty("serai.checkout", ".."), "docs", "fidelity.md");
  private static final String BEGIN = "<!-- made by FidelityTest: begin -->\n";
  private static final String END = "<!-- made by FidelityTest: end -->\n";

  /** What became of a feature. */
  private enum Outcome {
    EXACT("exact"),
    MAPPED("mapped"),
    WEAKENED("mapped, weakened"),
    DROPPED("dropped"),
    REFUSED("refused"),
    LOST("LOST");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  @Test
  void nothingIsLostWithoutAWord() {
    List<String> lost = new ArrayList<>();
    for (Feature feature : Feature.all()) {
      for (Map.Entry<String, Surface> surface : Parties.surfaces().entrySet()) {
        for (Parties.Asked asked : Parties.providers()) {
          if (feature.members().containsKey(surface.getKey())
              && outcome(feature, surface.getKey(), surface.getValue(), asked) == Outcome.LOST) {
            lost.add(feature.name() + ": " + surface.getKey() + " to " + asked.name());
          }
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void thePageIsFresh() throws IOException {
    String page = Files.readString(PAGE);
    String made = page.substring(0, page.indexOf(BEGIN)) + BEGIN + table() + END;
    made += page.substring(page.indexOf(END) + END.length());
    if (Boolean.getBoolean("serai.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/fidelity.md is stale; run: mvn -q test -pl gateway -am -Dtest=FidelityTest"
                + " -Dserai.write=true -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(made);
  }

  private static String table() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Surface> surface : Parties.surfaces().entrySet()) {
      text.append("\n### Clients of ").append(surface.getKey()).append("\n\n| |");
      Parties.providers().forEach(asked -> text.append(" ").append(asked.name()).append(" |"));
      text.append("\n|---|").append("---|".repeat(Parties.providers().size())).append("\n");
      for (Feature feature : Feature.all()) {
        if (feature.members().containsKey(surface.getKey())) {
          text.append("| ").append(feature.name()).append(" |");
          for (Parties.Asked asked : Parties.providers()) {
            Outcome outcome = outcome(feature, surface.getKey(), surface.getValue(), asked);
            text.append(" ").append(outcome.word).append(" |");
          }
          text.append("\n");
        }
      }
    }
    return text.append("\n").toString();
  }

  private static Outcome outcome(
      Feature feature, String name, Surface surface, Parties.Asked asked) {
    Destination destination = asked.destination();
    Dialect dialect;
    String sent;
    ChatRequest request;
    ProviderRequest written;
    try {
      InboundRequest inbound = Parties.inbound(name, feature.members().get(name));
      sent = new String(inbound.body(), StandardCharsets.UTF_8);
      request = surface.readRequest(inbound);
      dialect = asked.dialect().choose(request, destination);
      written = dialect.writeRequest(request, destination);
    } catch (CallerProblem refused) {
      return Outcome.REFUSED;
    }
    String body = new String(written.body(), StandardCharsets.UTF_8);
    if (dialect.canRelay(request, destination)
        && body.equals(sent.replace("\"asked\"", "\"" + destination.model() + "\""))) {
      return Outcome.EXACT;
    }
    boolean seen = feature.witnesses().stream().anyMatch(w -> body.contains(Parties.json(w)));
    if (written.dropped().isEmpty()) {
      return seen ? Outcome.MAPPED : Outcome.LOST;
    }
    return seen ? Outcome.WEAKENED : Outcome.DROPPED;
  }
}
