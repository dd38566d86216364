package dev.serai.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelHintTest {
  private static final ModelHint OFF =
      ModelHint.off(Map.of("mistral", "MISTRAL_API_KEY is not set"));

  @Test
  void theReasonWhyAProviderIsOffComesFirstAndNothingIsSaidOfTheModel() {
    String expected =
        "The provider 'mistral' is off: MISTRAL_API_KEY is not set."
            + " The model 'mistral/large' needs this provider.";
    assertThat(CallerProblem.unknownModel("mistral/large", OFF)).hasMessage(expected);
    assertThat(CallerProblem.notOffered("mistral/large", OFF)).hasMessage(expected);
  }

  @Test
  void ofManyProvidersTheFirstAreNamed() {
    Map<String, String> providers = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      providers.put("p" + i, "K" + i + " is not set");
    }
    assertThat(CallerProblem.notOffered("m", ModelHint.off(providers)).message())
        .startsWith("The provider 'p0' is off: K0 is not set. The provider 'p1'")
        .contains("'p4'")
        .doesNotContain("'p5'")
        .endsWith(" The model 'm' needs one of its providers.");
  }

  @Test
  void anUnknownNameDoesNotExist() {
    assertThat(CallerProblem.unknownModel("m")).hasMessage("The model 'm' does not exist.");
    assertThat(CallerProblem.unknownModel("m", ModelHint.off(Map.of())))
        .hasMessage("The model 'm' does not exist.");
    assertThat(CallerProblem.unknownModel("smrt", ModelHint.close("smart")))
        .hasMessage("The model 'smrt' does not exist. Did you mean 'smart'?");
    assertThat(CallerProblem.unknownModel("a", ModelHint.among(List.of("b", "c"))))
        .hasMessage("The model 'a' does not exist. Known are 'b', 'c'.");
  }

  @Test
  void aKnownNameWithoutAProviderIsKnown() {
    assertThat(CallerProblem.notOffered("m", ModelHint.NONE))
        .hasMessage("The model 'm' is known, but no configured provider offers it.");
  }
}
