package dev.serai.gateway.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.provider.Providers;
import dev.serai.core.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The error of a client whose model leads to a provider of a route file that is off. */
class OffProviderHintTest {
  @TempDir Path folder;
  private final Providers providers = new Providers();
  private CatalogueWithLists catalogue;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(folder.resolve("serai.d"));
    Files.writeString(folder.resolve("serai.d/extra.camel.yaml"), "uri: direct:adapter-extra\n");
    Files.writeString(folder.resolve("serai.yaml"), "models: {fast: extra/m}\n");
    ModelLists none =
        new ModelLists(
            providers,
            _ -> Optional.empty(),
            () -> Instant.EPOCH,
            new ModelLists.Pace(Duration.ofHours(1), () -> 0, Ticker.SYSTEM));
    Settings settings = Settings.load(Map.of(), folder);
    catalogue =
        new CatalogueWithLists(
            new SettingsCatalogue(settings, () -> Instant.EPOCH), providers, none);
    providers.noteOff("extra", "EXTRA_KEY is not set");
  }

  @Test
  void theVariableIsNamedForTheProviderAndForAnAliasOfIt() {
    String reason = "The provider 'extra' is off: EXTRA_KEY is not set.";
    assertThat(catalogue.hint("extra/m").text()).isEqualTo(reason);
    assertThat(catalogue.hint("fast").text()).isEqualTo(reason);
  }

  @Test
  void aNameThatIsCloseIsSuggested() {
    assertThat(catalogue.hint("extr/m").text()).isEqualTo("Did you mean 'extra/m'?");
  }

  @Test
  void otherNamesHaveTheHintsOfTheSettings() {
    assertThat(catalogue.hint("mistral/m").text())
        .isEqualTo("The provider 'mistral' is off: MISTRAL_API_KEY is not set.");
    assertThat(catalogue.hint("nothing").text()).isEmpty();
    providers.forgetOff("extra");
    assertThat(catalogue.hint("extra/m").text()).isEmpty();
  }
}
